package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import dev.confab.jdbi.JdbiStores;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * P15: fan-out to one room, with all members reading, and then with one in twenty not reading at all and one in twenty
 * reading less than half of what comes.
 */
final class SlowReadersBench {

    private static final int EACH_NTH = 20;
    /** Messages a second, long ones: what waits for who does not read is to come to its bound in time. */
    private static final int RATE = 50;

    private static final String CONTENT = "A long message. ".repeat(200).substring(0, 3_000);

    /** Under 64 KiB a second, of about 170 that come. */
    private static final int BYTES_A_READ = 2_560;

    private static final int READ_EVERY_MILLIS = 40;
    private static final int RECEIVE_BUFFER = 32 * 1024;
    private static final Map<ChannelOption<?>, ?> SMALL = Map.of(
            ChannelOption.SO_RCVBUF,
            RECEIVE_BUFFER,
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(BYTES_A_READ).maxMessagesPerRead(1));

    /** Until queues are full and the server has given up on those who do not read. */
    private static final int LEAST_SECONDS = 60;

    private static final int PARTS = 3;
    private static final int RING = 1 << 20;

    private final Installation servers;
    private final PrintWriter out;
    private final int seconds;
    private final int members;

    SlowReadersBench(Installation servers, PrintWriter out, int seconds, int members) {
        this.servers = servers;
        this.out = out;
        this.seconds = Math.max(seconds, LEAST_SECONDS);
        this.members = members;
    }

    List<Comparison> run() throws Exception {
        String database = servers.newDatabase("slow");
        Installation.Cast cast;
        try (JdbiStores stores = servers.stores(database)) {
            cast = servers.cast(stores, members, 1);
        }
        servers.forgetChanges(database);
        List<String> tokens = servers.tokens(cast.people());
        RoomId room = cast.rooms().getFirst();
        try (ServerProcess unusedWorker = servers.serve(database, "p15-", "worker");
                ServerProcess server = servers.serve(database, "p15-", "gateway")) {
            Side unused = measure("warm-up", server, tokens, room, false, LEAST_SECONDS);
            Side healthy = measure("all read", server, tokens, room, false, seconds);
            Side mixed = measure("some do not", server, tokens, room, true, seconds);
            return List.of(
                    new Comparison(
                            String.format(
                                    "P15 those who read, 5 %% never read and 5 %% slowly, %d members, %d/s of %d"
                                            + " characters",
                                    members, RATE, CONTENT.length()),
                            "p99 send → delivered, ms",
                            mixed.p99(),
                            healthy.p99(),
                            "the same run, all read",
                            Comparison.Target.atMost(1.2),
                            String.format(
                                    "%,d times roomHead, %d clients given up on; %,d deliveries to those who read",
                                    mixed.heads, mixed.closed, mixed.times.getTotalCount())),
                    new Comparison(
                            "P15 the same",
                            "live heap at most, MB",
                            mixed.heap / 1e6,
                            healthy.heap / 1e6,
                            "the same run, all read",
                            Comparison.Target.atMost(1.2),
                            "resident memory at most " + Report.figure(mixed.resident / 1e6) + " against "
                                    + Report.figure(healthy.resident / 1e6) + " MB"));
        }
    }

    private record Side(Histogram times, long heads, long closed, double heap, double resident) {
        double p99() {
            return times.getValueAtPercentile(99) / 1e6;
        }
    }

    private enum Habit {
        READS,
        SLOWLY,
        NEVER
    }

    private static Habit habit(int client, boolean mixed) {
        return switch (mixed ? client % EACH_NTH : 0) {
            case 1 -> Habit.SLOWLY;
            case 2 -> Habit.NEVER;
            default -> Habit.READS;
        };
    }

    private Side measure(
            String what, ServerProcess server, List<String> tokens, RoomId room, boolean mixed, int duration)
            throws Exception {
        ConcurrentHistogram times = new ConcurrentHistogram(3);
        AtomicLongArray due = new AtomicLongArray(RING);
        AtomicLong heads = new AtomicLong();
        CountDownLatch joined = new CountDownLatch(tokens.size());
        try (Sockets sockets = Sockets.connect(
                server.webSocket(),
                tokens,
                client -> habit(client, mixed) == Habit.READS ? Map.of() : SMALL,
                (client, text) -> {
                    if (Frames.is("reply", text)) {
                        joined.countDown();
                    } else if (Frames.is("roomHead", text)) {
                        heads.incrementAndGet();
                    } else if (Frames.is("newMessage", text) && habit(client, mixed) == Habit.READS) {
                        times.recordValue(System.nanoTime() - due.get((int) (Frames.number(text) % RING)));
                    }
                })) {
            for (int client = 0; client < tokens.size(); client++) {
                sockets.send(client, Frames.joinRoom(room));
            }
            if (!joined.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(joined.getCount() + " answers to joining did not come");
            }
            for (int client = 0; client < tokens.size(); client++) {
                takeUp(habit(client, mixed), sockets.channel(client));
            }
            double heap = 0;
            double resident = 0;
            // In parts, and the heap is looked at in between: that stops the server, and is not part of what is timed.
            for (int part = 0; part < PARTS; part++) {
                Pace.run(RATE, duration / PARTS, intended -> {
                    long number = Frames.next();
                    due.set((int) (number % RING), intended);
                    ByteBuf frame = Frames.sendMessage(room, number, CONTENT);
                    sockets.send(0, frame);
                });
                AckBench.pause(1);
                resident = Math.max(resident, (double) server.residentMemory());
                heap = Math.max(heap, (double) server.liveHeap());
            }
            Side side = new Side(times.copy(), heads.get(), closed(sockets), heap, resident);
            out.printf(
                    "  P15 %s: p50 %s, p99 %s ms, live heap %s MB, resident %s MB, %,d times roomHead, %d given up on%n",
                    what,
                    Report.figure(side.times.getValueAtPercentile(50) / 1e6),
                    Report.figure(side.p99()),
                    Report.figure(heap / 1e6),
                    Report.figure(resident / 1e6),
                    side.heads,
                    side.closed);
            out.flush();
            return side;
        }
    }

    private static void takeUp(Habit habit, Channel channel) {
        if (habit != Habit.READS) {
            channel.config().setAutoRead(false);
        }
        if (habit == Habit.SLOWLY) {
            var ticks =
                    channel.eventLoop().scheduleAtFixedRate(channel::read, 0, READ_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(closed -> ticks.cancel(false));
        }
    }

    /** Who did not read has not seen the end of the connection either. */
    private static long closed(Sockets sockets) throws InterruptedException {
        IntStream.range(0, sockets.size())
                .mapToObj(sockets::channel)
                .forEach(channel -> channel.config().setAutoRead(true));
        AckBench.pause(5);
        return IntStream.range(0, sockets.size())
                .filter(client -> !sockets.channel(client).isActive())
                .count();
    }
}
