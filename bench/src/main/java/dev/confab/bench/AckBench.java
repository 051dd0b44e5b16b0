package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import dev.confab.jdbi.JdbiStores;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** P1 and P10: from a message that is sent to its acknowledgement. */
final class AckBench {

    private static final int CLIENTS = 64;
    private static final int OUTSTANDING = 16;
    /** Where two revisions are compared, the same for both. */
    private static final double FIXED_RATE = 20_000;

    private static final List<Double> PERCENTILES = List.of(50.0, 99.0);

    /** Of the first installation: the topic of its commands shows how a real record looks. */
    private static final String SPACE = "p1-";

    private final Installation servers;
    private final PrintWriter out;
    private final int seconds;
    private final boolean floors;
    private final ClosedLoop loop;

    AckBench(Installation servers, PrintWriter out, int seconds, boolean floors) {
        this.floors = floors;
        this.servers = servers;
        this.out = out;
        this.seconds = seconds;
        this.loop = new ClosedLoop(OUTSTANDING, seconds, out);
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
            latency(database, cast, tokens, floors ? 0.7 * rate : FIXED_RATE, results);
        }
        return results;
    }

    private double throughput(
            String database, Installation.Cast cast, List<String> tokens, List<Comparison> results, boolean wanted)
            throws Exception {
        try (ServerProcess server = servers.serve(database, SPACE, "gateway")) {
            // So that there is a real record to copy; and broker and clients have to become warm as well.
            double warm = loop.rate("P1 warm-up", server, tokens, cast.rooms(), "messageAccepted");
            if (!wanted) {
                return warm;
            }
        }
        String sample = CLIENTS + " connections, " + OUTSTANDING + " outstanding each, " + seconds + " s";
        if (!floors) {
            double ours = ours(database, SPACE, "gateway", "P1 ours", cast, tokens);
            results.add(Comparison.alone("P1 send → ACK", "acks/s", ours, sample));
            return ours;
        }
        double echo;
        try (ServerProcess server = ServerProcess.start(Map.of(), BareServer.class.getName(), "echo")) {
            echo = loop.rate("P1 bare echo", server, Collections.nCopies(CLIENTS, ""), cast.rooms(), "sendMessage");
        }
        double raw;
        try (RawProducer producer = rawProducer()) {
            raw = producer.throughput(seconds);
            say("P1 raw producer: %s records/s", Report.figure(raw));
        }
        double ours = ours(database, SPACE, "gateway", "P1 ours", cast, tokens);
        double withWorker = ours(database, "p1w-", "gateway,worker", "P1 ours, storing beside it", cast, tokens);
        double floor = Comparison.inSeries(echo, raw);
        String against = String.format("1/(1/W + 1/K), W = %s, K = %s", Report.figure(echo), Report.figure(raw));
        results.add(new Comparison(
                "P1 send → ACK", "acks/s", ours, floor, against, Comparison.Target.atLeast(0.5), sample));
        results.add(new Comparison("P1 with storing beside it", "acks/s", withWorker, floor, against, null, sample));
        return ours;
    }

    private double ours(
            String database, String space, String roles, String what, Installation.Cast cast, List<String> tokens)
            throws IOException, InterruptedException {
        try (ServerProcess server = servers.serve(database, space, roles)) {
            return loop.rate(what, server, tokens, cast.rooms(), "messageAccepted");
        }
    }

    private RawProducer rawProducer() throws Exception {
        return RawProducer.open(servers.brokers(), RawProducer.sample(servers.brokers(), SPACE + "chat.messages.v1"));
    }

    /** How fast something counts, each second. */
    static double rate(LongSupplier count, int seconds) throws InterruptedException {
        long before = count.getAsLong();
        long begin = System.nanoTime();
        pause(seconds);
        return (count.getAsLong() - before) / ((System.nanoTime() - begin) / 1e9);
    }

    private void latency(
            String database, Installation.Cast cast, List<String> tokens, double rate, List<Comparison> results)
            throws Exception {
        Histogram ours;
        try (ServerProcess server = servers.serve(database, "p10-" + (int) rate + "-", "gateway")) {
            double unused = new ClosedLoop(OUTSTANDING, 1, out)
                    .rate("P10 warm-up", server, tokens, cast.rooms(), "messageAccepted");
            ours = openLoop(server, tokens, cast.rooms(), rate);
        }
        String work = String.format("P10 send → ACK at %s/s", Report.figure(rate));
        if (!floors) {
            for (double percentile : PERCENTILES) {
                results.add(Comparison.alone(
                        work,
                        String.format("p%.0f, ms", percentile),
                        ours.getValueAtPercentile(percentile) / 1e6,
                        ours.getTotalCount() + " acks"));
            }
            return;
        }
        Histogram raw;
        try (RawProducer producer = rawProducer()) {
            double unused = producer.throughput(1);
            raw = producer.latency(rate, seconds);
        }
        for (double percentile : PERCENTILES) {
            results.add(new Comparison(
                    work,
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
                double cpu = server.cpu().toNanos();
                long begin = System.nanoTime();
                Pace.run(rate, round == 0 ? WarmUp.WINDOW_SECONDS : seconds, intended -> {
                    int client = turn[0]++ % CLIENTS;
                    EventLoop loop = sockets.channel(client).eventLoop();
                    loop.execute(() -> {
                        due.get(client).add(intended);
                        ByteBuf frame = Frames.sendMessage(rooms.get(client));
                        sockets.send(client, frame);
                    });
                });
                say(
                        "P10 ours at %s/s: %.2f cores of the server",
                        Report.figure(rate), (server.cpu().toNanos() - cpu) / (System.nanoTime() - begin));
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
