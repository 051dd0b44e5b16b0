package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Those whom a storm should not concern: they are in a room of their own and talk at a steady rate, open loop. Times are
 * from when a message was due to each delivery of it.
 */
final class Bystanders implements AutoCloseable {

    /** Messages a second. */
    static final int RATE = 100;

    private static final int LONGEST_SECONDS = 1_800;
    private static final int LATE_SECONDS = 3;
    /** More than can be on their way. */
    private static final int RING = 1 << 20;

    private final List<Phase> phases = new CopyOnWriteArrayList<>();
    private final AtomicLongArray due = new AtomicLongArray(RING);
    private final int people;
    private final Sockets sockets;
    private final Thread talking;

    /** What was due within some time. */
    private static final class Phase {
        final ConcurrentHistogram times = new ConcurrentHistogram(3);
        final LongAdder due = new LongAdder();
        final LongAdder refused = new LongAdder();
        final long begin = System.nanoTime();
        volatile long end = Long.MAX_VALUE;

        boolean has(long moment) {
            return moment >= begin && moment <= end;
        }
    }

    /**
     * How it went for them during some time.
     *
     * @param refused messages that were refused
     * @param missing deliveries that did not come, those of refused messages among them
     */
    record Meanwhile(Histogram times, long refused, long missing) {

        /** In ms. */
        double p99() {
            return times.getValueAtPercentile(99) / 1e6;
        }

        @Override
        public String toString() {
            return String.format(
                    "%,d deliveries, p50 %s ms; %d sends refused, %d deliveries missing",
                    times.getTotalCount(), Report.figure(times.getValueAtPercentile(50) / 1e6), refused, missing);
        }
    }

    Bystanders(ServerProcess server, List<String> tokens, RoomId room) throws InterruptedException {
        people = tokens.size();
        CountDownLatch joined = new CountDownLatch(people);
        sockets = Sockets.connect(server.webSocket(), tokens, (client, text) -> hear(joined, text));
        for (int i = 0; i < tokens.size(); i++) {
            sockets.send(i, Frames.joinRoom(room));
        }
        if (!joined.await(60, TimeUnit.SECONDS)) {
            sockets.close();
            throw new IllegalStateException("those who are to stay could not join");
        }
        talking = Thread.ofPlatform().daemon().name("bystanders").start(() -> talk(room));
    }

    private void talk(RoomId room) {
        try {
            Pace.run(RATE, LONGEST_SECONDS, intended -> {
                long number = Frames.next();
                due.set((int) (number % RING), intended);
                phases.stream().filter(phase -> phase.has(intended)).forEach(phase -> phase.due.increment());
                sockets.send((int) (number % people), Frames.sendMessage(room, number));
            });
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(CountDownLatch joined, ByteBuf text) {
        if (Frames.is("reply", text)) {
            joined.countDown();
        } else if (Frames.is("newMessage", text)) {
            long intended = due.get((int) (Frames.number(text) % RING));
            long took = System.nanoTime() - intended;
            phases.stream().filter(phase -> phase.has(intended)).forEach(phase -> phase.times.recordValue(took));
        } else if (Frames.is("messageFailed", text)) {
            long intended = due.get((int) (Frames.number(text) % RING));
            phases.stream().filter(phase -> phase.has(intended)).forEach(phase -> phase.refused.increment());
        }
    }

    /** Does something, and returns how it went meanwhile, when all of it had time to arrive. */
    Meanwhile during(Doing doing) throws Exception {
        Phase phase = new Phase();
        phases.add(phase);
        doing.run();
        phase.end = System.nanoTime();
        AckBench.pause(LATE_SECONDS);
        Histogram times = phase.times.copy();
        return new Meanwhile(times, phase.refused.sum(), phase.due.sum() * people - times.getTotalCount());
    }

    /** What is done while they talk. */
    @FunctionalInterface
    interface Doing {
        void run() throws Exception;
    }

    @Override
    public void close() throws InterruptedException {
        talking.interrupt();
        talking.join();
        sockets.close();
    }
}
