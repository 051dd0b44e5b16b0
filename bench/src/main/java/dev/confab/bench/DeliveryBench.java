package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import dev.confab.jdbi.JdbiStores;
import io.netty.buffer.ByteBuf;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * P11: from the moment a message was due to its delivery to each of ten receivers, stored in between, open loop; against
 * the sum of what its stages take at the same rate when nothing else is in their way.
 */
final class DeliveryBench {

    private static final int RECEIVERS = 10;
    private static final int ROOMS = 16;
    /** Messages a second; the greater one is a good part of what the whole path carries here. */
    private static final List<Integer> RATES = List.of(100, 3_000);

    private static final int TRANSACTIONS_PER_SECOND = 200;

    private final Installation servers;
    private final PrintWriter out;
    private final int seconds;

    DeliveryBench(Installation servers, PrintWriter out, int seconds) {
        this.servers = servers;
        this.out = out;
        this.seconds = seconds;
    }

    List<Comparison> run() throws Exception {
        String database = servers.newDatabase("delivery");
        Installation.Cast cast;
        try (JdbiStores stores = servers.stores(database)) {
            cast = servers.cast(stores, RECEIVERS, ROOMS);
        }
        List<String> tokens = servers.tokens(cast.people());
        List<Histogram> ours = new ArrayList<>();
        int length;
        try (ServerProcess server = servers.serve(database, "p11-", "gateway,worker")) {
            Delivery delivery = new Delivery(server, tokens, cast.rooms(), true);
            double unused =
                    new ClosedLoop(RECEIVERS, 1, out).rate("P11 warm-up", server, tokens, cast.rooms(), "newMessage");
            for (int rate : RATES) {
                ours.add(delivery.measure(rate));
            }
            length = delivery.frameLength;
        }
        List<Comparison> results = new ArrayList<>();
        for (int i = 0; i < RATES.size(); i++) {
            results.add(compare(RATES.get(i), ours.get(i), tokens.size(), length));
        }
        return results;
    }

    private Comparison compare(int rate, Histogram ours, int receivers, int length) throws Exception {
        double sockets;
        try (ServerProcess server =
                ServerProcess.start(Map.of(), BareServer.class.getName(), "fanout", String.valueOf(length), "1")) {
            List<String> nobody = Collections.nCopies(receivers, "");
            sockets = p99(new Delivery(server, nobody, List.of(RoomId.random()), false).measure(rate));
        }
        double log = p99(RawPipe.latency(servers.brokers(), "p11-chat.messages.v1", rate, seconds));
        int batch = Math.max(1, rate / TRANSACTIONS_PER_SECOND);
        double store = p99(new BareStore(servers, batch).latency(rate / (double) batch, seconds));
        double floor = sockets + 2 * log + store;
        say(
                "P11 at %,d/s: ours p99 %s ms, sockets %s ms, log %s ms, store %s ms",
                rate, Report.figure(p99(ours)), Report.figure(sockets), Report.figure(log), Report.figure(store));
        return new Comparison(
                String.format("P11 send → delivered at %,d/s, %d receivers", rate, RECEIVERS),
                "p99, ms",
                p99(ours),
                floor,
                String.format(
                        "sum of the bare stages' p99: sockets %s, producer to consumer %s, twice, JDBC %s",
                        Report.figure(sockets), Report.figure(log), Report.figure(store)),
                Comparison.Target.atMost(1.5),
                ours.getTotalCount() + " deliveries; p50 " + Report.figure(ours.getValueAtPercentile(50) / 1e6)
                        + " ms");
    }

    private static double p99(Histogram nanos) {
        return nanos.getValueAtPercentile(99) / 1e6;
    }

    /** Sends at a rate and notes when each message came to each client. */
    private final class Delivery {

        /** More than can be on their way. */
        private static final int RING = 1 << 20;

        private final ServerProcess server;
        private final List<String> tokens;
        private final List<RoomId> rooms;
        private final boolean chat;
        private volatile int frameLength;

        Delivery(ServerProcess server, List<String> tokens, List<RoomId> rooms, boolean chat) {
            this.server = server;
            this.tokens = tokens;
            this.rooms = rooms;
            this.chat = chat;
        }

        Histogram measure(int rate) throws InterruptedException {
            ConcurrentHistogram times = new ConcurrentHistogram(3);
            AtomicLongArray due = new AtomicLongArray(RING);
            // The bare server's frames carry no ids, but each client gets one for each message, in their order.
            AtomicLongArray received = new AtomicLongArray(tokens.size());
            CountDownLatch joined = new CountDownLatch(chat ? tokens.size() * rooms.size() : 0);
            try (Sockets sockets = Sockets.connect(server.webSocket(), tokens, (client, text) -> {
                long now = System.nanoTime();
                if (chat && Frames.is("reply", text)) {
                    joined.countDown();
                } else if (!chat) {
                    times.recordValue(now - due.get((int) (received.getAndIncrement(client) % RING)));
                } else if (Frames.is("newMessage", text)) {
                    frameLength = text.readableBytes();
                    times.recordValue(now - due.get((int) (Frames.number(text) % RING)));
                }
            })) {
                for (int client = 0; chat && client < tokens.size(); client++) {
                    for (RoomId room : rooms) {
                        sockets.send(client, Frames.joinRoom(room));
                    }
                }
                if (!joined.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException(joined.getCount() + " answers to joining did not come");
                }
                long[] sent = {0};
                for (int round = 0; round < 2; round++) {
                    times.reset(); // the first round warms up
                    Pace.run(rate, round == 0 ? WarmUp.WINDOW_SECONDS : seconds, intended -> {
                        long number = chat ? Frames.next() : sent[0]++;
                        due.set((int) (number % RING), intended);
                        int turn = Math.floorMod(number, tokens.size() * rooms.size());
                        ByteBuf frame = Frames.sendMessage(rooms.get(turn / tokens.size()), number);
                        // The bare server keeps the order of one connection, not of several.
                        sockets.send(chat ? turn % tokens.size() : 0, frame);
                    });
                    AckBench.pause(2);
                }
                return times.copy();
            }
        }
    }

    private void say(String format, Object... values) {
        out.printf("  " + format + "%n", values);
        out.flush();
    }
}
