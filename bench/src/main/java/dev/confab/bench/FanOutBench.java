package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import dev.confab.jdbi.JdbiStores;
import io.netty.buffer.ByteBuf;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** P6: one room, 1,000 members, the next message when all have the last one, so that no two share a flush. */
final class FanOutBench {

    private static final int MEMBERS = 1_000;

    private final Installation servers;
    private final PrintWriter out;
    private final int seconds;

    FanOutBench(Installation servers, PrintWriter out, int seconds) {
        this.servers = servers;
        this.out = out;
        this.seconds = seconds;
    }

    List<Comparison> run() throws Exception {
        String database = servers.newDatabase("fanout");
        Installation.Cast cast;
        try (JdbiStores stores = servers.stores(database)) {
            cast = servers.cast(stores, MEMBERS, 1);
        }
        RoomId room = cast.rooms().getFirst();
        Side ours;
        try (ServerProcess unusedWorker = servers.serve(database, "p6-", "worker");
                ServerProcess server = servers.serve(database, "p6-", "gateway")) {
            ours = measure("P6 ours", server, servers.tokens(cast.people()), room, true);
        }
        Side bare;
        try (ServerProcess server = ServerProcess.start(
                Map.of(), BareServer.class.getName(), "fanout", String.valueOf(ours.frameLength()))) {
            bare = measure("P6 bare", server, Collections.nCopies(MEMBERS, ""), room, false);
        }
        return List.of(
                new Comparison(
                        "P6 fan-out, 1,000 members, 1 message a flush",
                        "deliveries per server CPU-second",
                        ours.perCpuSecond(),
                        bare.perCpuSecond(),
                        "bare Netty, one pre-encoded frame of the same length",
                        Comparison.Target.atLeast(0.85),
                        ours.deliveries() + " and " + bare.deliveries() + " deliveries of " + ours.frameLength()
                                + " bytes; ours is the gateway with all that it does for a message; the worker is another process"));
    }

    private record Side(long deliveries, double perCpuSecond, int frameLength) {}

    private Side measure(String what, ServerProcess server, List<String> tokens, RoomId room, boolean chat)
            throws InterruptedException {
        AtomicInteger left = new AtomicInteger();
        AtomicLong deliveries = new AtomicLong();
        AtomicInteger length = new AtomicInteger();
        CountDownLatch joined = new CountDownLatch(chat ? MEMBERS : 0);
        CountDownLatch stopped = new CountDownLatch(1);
        boolean[] stop = {false};
        Sockets[] holder = new Sockets[1];
        try (Sockets sockets = Sockets.connect(server.webSocket(), tokens, (client, text) -> {
            if (chat && Frames.is("reply", text)) {
                joined.countDown();
            } else if (!chat || Frames.is("newMessage", text)) {
                length.setPlain(text.readableBytes());
                deliveries.incrementAndGet();
                if (left.decrementAndGet() == 0) {
                    if (stop[0]) {
                        stopped.countDown();
                    } else {
                        next(holder[0], left, room);
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
            next(sockets, left, room);
            int warmUp = WarmUp.await(() -> AckBench.rate(deliveries::get, WarmUp.WINDOW_SECONDS));
            long before = deliveries.get();
            double cpuBefore = server.cpu().toNanos();
            AckBench.pause(seconds);
            long delivered = deliveries.get() - before;
            double cpu = (server.cpu().toNanos() - cpuBefore) / 1e9;
            stop[0] = true;
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

    private static void next(Sockets sockets, AtomicInteger left, RoomId room) {
        left.set(MEMBERS);
        sockets.send(0, Frames.sendMessage(room));
    }
}
