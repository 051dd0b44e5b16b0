package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import dev.confab.jdbi.JdbiStores;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** P1 and P10: from a message that is sent to its acknowledgement. */
final class AckBench {

    private static final int CLIENTS = 16;
    private static final int OUTSTANDING = 16;

    private final Installation servers;
    private final PrintWriter out;
    private final int seconds;

    AckBench(Installation servers, PrintWriter out, int seconds) {
        this.servers = servers;
        this.out = out;
        this.seconds = seconds;
    }

    List<Comparison> run(boolean throughput, boolean latency) throws Exception {
        List<Comparison> results = new ArrayList<>();
        String database = servers.newDatabase("acks");
        Installation.Cast cast;
        try (JdbiStores stores = servers.stores(database)) {
            cast = servers.cast(stores, CLIENTS, CLIENTS);
        }
        List<String> tokens = servers.tokens(cast.people());
        double rate = throughput(database, cast, tokens, results, throughput);
        if (latency) {
            latency(database, cast, tokens, 100, results);
            latency(database, cast, tokens, 0.7 * rate, results);
        }
        return results;
    }

    private double throughput(
            String database, Installation.Cast cast, List<String> tokens, List<Comparison> results, boolean wanted)
            throws Exception {
        double ours;
        try (ServerProcess server = servers.serve(database, "p1-", "gateway,worker")) {
            ours = closedLoop("P1 ours, gateway and worker", server, tokens, cast.rooms(), "messageAccepted");
        }
        if (!wanted) {
            return ours;
        }
        double gatewayAlone;
        try (ServerProcess server = servers.serve(database, "p1g-", "gateway")) {
            gatewayAlone = closedLoop("P1 ours, gateway alone", server, tokens, cast.rooms(), "messageAccepted");
        }
        double echo;
        try (ServerProcess server = ServerProcess.start(Map.of(), BareServer.class.getName(), "echo")) {
            echo = closedLoop("P1 bare echo", server, Collections.nCopies(CLIENTS, ""), cast.rooms(), "sendMessage");
        }
        double raw;
        try (RawProducer producer = RawProducer.open(servers.brokers())) {
            double unused = producer.throughput(seconds / 2 + 1);
            raw = producer.throughput(seconds);
            say("P1 raw producer: %s records/s", Report.figure(raw));
        }
        double floor = Comparison.inSeries(echo, raw);
        String against = String.format("1/(1/W + 1/K), W = %s, K = %s", Report.figure(echo), Report.figure(raw));
        String sample = CLIENTS + " connections, " + OUTSTANDING + " outstanding each, " + seconds + " s";
        results.add(new Comparison(
                "P1 send → ACK", "acks/s", ours, floor, against, Comparison.Target.atLeast(0.5), sample));
        results.add(
                new Comparison("P1 without a worker beside it", "acks/s", gatewayAlone, floor, against, null, sample));
        return ours;
    }

    private double closedLoop(String what, ServerProcess server, List<String> tokens, List<RoomId> rooms, String answer)
            throws InterruptedException {
        LongAdder answers = new LongAdder();
        LongAdder others = new LongAdder();
        Sockets[] holder = new Sockets[1];
        try (Sockets sockets = Sockets.connect(server.webSocket(), tokens, (client, text) -> {
            if (Frames.is(answer, text)) {
                answers.increment();
                holder[0].send(client, Frames.sendMessage(rooms.get(client)));
            } else if (Frames.is("messageFailed", text) || Frames.is("error", text)) {
                others.increment();
            }
        })) {
            holder[0] = sockets;
            for (int client = 0; client < sockets.size(); client++) {
                for (int i = 0; i < OUTSTANDING; i++) {
                    sockets.send(client, Frames.sendMessage(rooms.get(client)));
                }
            }
            pause(seconds / 2 + 2);
            long before = answers.sum();
            double cpu = server.cpu().toNanos();
            long begin = System.nanoTime();
            pause(seconds);
            double elapsed = (System.nanoTime() - begin) / 1e9;
            double rate = (answers.sum() - before) / elapsed;
            say(
                    "%s: %s/s, %d refused, %.2f cores of the server",
                    what, Report.figure(rate), others.sum(), (server.cpu().toNanos() - cpu) / 1e9 / elapsed);
            return rate;
        }
    }

    private void latency(
            String database, Installation.Cast cast, List<String> tokens, double rate, List<Comparison> results)
            throws Exception {
        Histogram ours;
        try (ServerProcess server = servers.serve(database, "p10-" + (int) rate + "-", "gateway,worker")) {
            ours = openLoop(server, tokens, cast.rooms(), rate);
        }
        Histogram raw;
        try (RawProducer producer = RawProducer.open(servers.brokers())) {
            Histogram unused = producer.latency(rate, seconds / 2 + 2);
            raw = producer.latency(rate, seconds);
        }
        for (double percentile : List.of(50.0, 99.0)) {
            results.add(new Comparison(
                    String.format("P10 send → ACK at %s/s", Report.figure(rate)),
                    String.format("p%.0f, ms", percentile),
                    ours.getValueAtPercentile(percentile) / 1e6,
                    raw.getValueAtPercentile(percentile) / 1e6,
                    "raw producer, same linger, same rate",
                    Comparison.Target.atMost(2),
                    ours.getTotalCount() + " acks, " + raw.getTotalCount() + " records"));
        }
        say("P10 at %s/s done", Report.figure(rate));
    }

    private Histogram openLoop(ServerProcess server, List<String> tokens, List<RoomId> rooms, double rate)
            throws InterruptedException {
        ConcurrentHistogram times = new ConcurrentHistogram(3);
        // Acknowledgements of one connection come in the order of its sends; each queue belongs to its event loop.
        List<Queue<Long>> due = IntStream.range(0, CLIENTS)
                .<Queue<Long>>mapToObj(i -> new ArrayDeque<>())
                .toList();
        try (Sockets sockets = Sockets.connect(server.webSocket(), tokens, (client, text) -> {
            if (Frames.is("messageAccepted", text) || Frames.is("messageFailed", text)) {
                times.recordValue(System.nanoTime() - due.get(client).remove());
            }
        })) {
            int[] turn = {0};
            for (int round = 0; round < 2; round++) {
                times.reset(); // the first round warms up
                Pace.run(rate, round == 0 ? seconds / 2 + 2 : seconds, intended -> {
                    int client = turn[0]++ % CLIENTS;
                    EventLoop loop = sockets.channel(client).eventLoop();
                    loop.execute(() -> {
                        due.get(client).add(intended);
                        ByteBuf frame = Frames.sendMessage(rooms.get(client));
                        sockets.send(client, frame);
                    });
                });
                pause(2);
            }
            return times.copy();
        }
    }

    /** Lets what is going on go on. */
    static void pause(int seconds) throws InterruptedException {
        boolean never = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
        assert !never;
    }

    private void say(String format, Object... values) {
        out.printf("  " + format + "%n", values);
        out.flush();
    }
}
