package dev.confab.bench.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An open loop: messages are due at fixed moments, whether or not earlier ones were answered, and go round over the rooms
 * and each room's senders. Used on one thread, but for {@link #stop()}.
 */
public final class Pacer {

    /** At high rates several are due at once: waking up for each would cost more than what is measured. */
    private static final long LEAST_PERIOD_NANOS = 500_000;

    private static final long LONGEST_PERIOD_NANOS = 2_000_000;

    private final Fleet fleet;
    private final int[][] senders;
    private final CountDownLatch stop = new CountDownLatch(1);
    private long turn;

    /**
     * Sends nothing yet.
     *
     * @param senders for each room the clients that send in it, at least one
     */
    public Pacer(Fleet fleet, int[][] senders) {
        this.fleet = fleet;
        this.senders = senders.clone();
    }

    /** Ends what runs, and what would run afterwards. */
    public void stop() {
        stop.countDown();
    }

    /** Whether it was told to stop. */
    public boolean isStopped() {
        return stop.getCount() == 0;
    }

    /**
     * Sends at a rate; returns when the last message is due, or after {@link #stop()}.
     *
     * @param perSecond messages, all rooms together
     * @param total how many
     */
    public void run(double perSecond, long total) throws InterruptedException {
        double interval = 1e9 / perSecond;
        long begin = System.nanoTime() + 1_000_000;
        long[] next = {0};
        CountDownLatch done = new CountDownLatch(1);
        try (ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor()) {
            var ticks = ticking.scheduleAtFixedRate(
                    () -> {
                        long now = System.nanoTime();
                        while (next[0] < total && begin + (long) (next[0] * interval) <= now && !isStopped()) {
                            sendNext(begin + (long) (next[0]++ * interval));
                        }
                        if (next[0] >= total || isStopped()) {
                            done.countDown();
                        }
                    },
                    0,
                    (long) Math.max(LEAST_PERIOD_NANOS, Math.min(interval, LONGEST_PERIOD_NANOS)),
                    TimeUnit.NANOSECONDS);
            long patience = (long) (total * interval) + TimeUnit.SECONDS.toNanos(30);
            boolean sent = done.await(patience, TimeUnit.NANOSECONDS);
            ticks.cancel(false);
            ticking.shutdownNow();
            if (!sent) {
                throw new IllegalStateException("the pace could not be kept");
            }
        }
    }

    private void sendNext(long due) {
        int room = (int) (turn % senders.length);
        int[] those = senders[room];
        int sender = those[(int) (turn / senders.length % those.length)];
        turn++;
        fleet.send(sender, room, due);
    }
}
