package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import dev.confab.jdbi.JdbiStores;
import io.netty.buffer.ByteBuf;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fan-out to one room of 1,000 members. P6: the next message when all have the last one, so that no two share a flush.
 * P7: many on their way at a time, so that they can be written together.
 */
final class FanOutBench {

    private static final int MEMBERS = 1_000;
    /** On their way at a time in P7. */
    private static final int BUSY = 64;
    /** How many frames the bare server writes between two flushes in P7. */
    private static final int TOGETHER = 16;

    private final Installation servers;
    private final PrintWriter out;
    private final int seconds;

    FanOutBench(Installation servers, PrintWriter out, int seconds) {
        this.servers = servers;
        this.out = out;
        this.seconds = seconds;
    }

    /** P6. */
    List<Comparison> oneByOne() throws Exception {
        return compare(
                "P6",
                new Load(1, 1),
                new Load(1, 1),
                "fan-out, 1,000 members, 1 message a flush",
                "bare Netty, one pre-encoded frame of the same length",
                0.85);
    }

    /** P7. */
    List<Comparison> busy() throws Exception {
        return compare(
                "P7",
                new Load(BUSY, 1),
                new Load(2, TOGETHER),
                "fan-out, 1,000 members, " + BUSY + " messages on their way",
                "bare Netty, " + TOGETHER + " pre-encoded frames of the same length a flush",
                0.5);
    }

    /**
     * What is asked of a server.
     *
     * @param outstanding how many triggers are on their way at a time
     * @param frames how many frames each member is sent for one
     */
    private record Load(int outstanding, int frames) {}

    private List<Comparison> compare(
            String name, Load asked, Load askedOfBare, String work, String against, double target) throws Exception {
        String space = name.toLowerCase(Locale.ROOT);
        String database = servers.newDatabase(space + "_fanout");
        Installation.Cast cast;
        try (JdbiStores stores = servers.stores(database)) {
            cast = servers.cast(stores, MEMBERS, 1);
        }
        RoomId room = cast.rooms().getFirst();
        Side ours;
        try (ServerProcess unusedWorker = servers.serve(database, space + "-", "worker");
                ServerProcess server = servers.serve(database, space + "-", "gateway")) {
            ours = measure(name + " ours", server, servers.tokens(cast.people()), room, asked, true);
        }
        Side bare;
        try (ServerProcess server = ServerProcess.start(
                Map.of(),
                BareServer.class.getName(),
                "fanout",
                String.valueOf(ours.frameLength()),
                String.valueOf(askedOfBare.frames()))) {
            bare = measure(name + " bare", server, Collections.nCopies(MEMBERS, ""), room, askedOfBare, false);
        }
        return List.of(
                new Comparison(
                        name + " " + work,
                        "deliveries per server CPU-second",
                        ours.perCpuSecond(),
                        bare.perCpuSecond(),
                        against,
                        Comparison.Target.atLeast(target),
                        ours.deliveries() + " and " + bare.deliveries() + " deliveries of " + ours.frameLength()
                                + " bytes; ours is the gateway with all that it does for a message; the worker is another process"));
    }

    private static double perCpuSecond(ServerProcess server, AtomicLong deliveries, int seconds)
            throws InterruptedException {
        long before = deliveries.get();
        double cpuBefore = server.cpu().toNanos();
        AckBench.pause(seconds);
        return (deliveries.get() - before) * 1e9 / (server.cpu().toNanos() - cpuBefore);
    }

    private record Side(long deliveries, double perCpuSecond, int frameLength) {}

    private Side measure(String what, ServerProcess server, List<String> tokens, RoomId room, Load load, boolean chat)
            throws InterruptedException {
        int answer = MEMBERS * load.frames();
        AtomicLong deliveries = new AtomicLong();
        AtomicInteger length = new AtomicInteger();
        CountDownLatch joined = new CountDownLatch(chat ? MEMBERS : 0);
        // Warmed up with many on their way: what runs a few times a second is compiled late.
        int busy = Math.max(load.outstanding(), BUSY / load.frames());
        CountDownLatch stopped = new CountDownLatch(busy);
        AtomicInteger surplus = new AtomicInteger();
        Sockets[] holder = new Sockets[1];
        try (Sockets sockets = Sockets.connect(server.webSocket(), tokens, (client, text) -> {
            if (chat && Frames.is("reply", text)) {
                joined.countDown();
            } else if (!chat || Frames.is("newMessage", text)) {
                length.setPlain(text.readableBytes());
                if (deliveries.incrementAndGet() % answer == 0) {
                    if (surplus.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        stopped.countDown();
                    } else {
                        holder[0].send(0, Frames.sendMessage(room));
                    }
                }
            }
        })) {
            holder[0] = sockets;
            for (int client = 0; chat && client < MEMBERS; client++) {
                ByteBuf join = Frames.joinRoom(room);
                sockets.send(client, join);
            }
            if (!joined.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(joined.getCount() + " clients could not join the room");
            }
            for (int i = 0; i < busy; i++) {
                sockets.send(0, Frames.sendMessage(room));
            }
            int warmUp = WarmUp.await(() -> perCpuSecond(server, deliveries, WarmUp.WINDOW_SECONDS));
            if (busy > load.outstanding()) {
                surplus.set(busy - load.outstanding());
                AckBench.pause(WarmUp.WINDOW_SECONDS);
                // Other code is busy now, which has to be compiled as well.
                warmUp += WarmUp.await(() -> perCpuSecond(server, deliveries, WarmUp.WINDOW_SECONDS));
            }
            long before = deliveries.get();
            double cpuBefore = server.cpu().toNanos();
            AckBench.pause(seconds);
            long delivered = deliveries.get() - before;
            double cpu = (server.cpu().toNanos() - cpuBefore) / 1e9;
            surplus.set(load.outstanding());
            boolean quiet = stopped.await(5, TimeUnit.SECONDS);
            out.printf(
                    "  %s: %s deliveries/s, %s per CPU-second of the server, after %d s of warming up%s%n",
                    what,
                    Report.figure(delivered / (double) seconds),
                    Report.figure(delivered / cpu),
                    warmUp,
                    quiet ? "" : " (the last message did not reach all)");
            out.flush();
            return new Side(delivered, delivered / cpu, length.get());
        }
    }
}
