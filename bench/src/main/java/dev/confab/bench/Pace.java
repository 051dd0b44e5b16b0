package dev.confab.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** An open loop: things are due at fixed moments, whether or not earlier ones were answered. */
final class Pace {

    /** At high rates several are due at once: waking up for each would cost more than what is measured. */
    private static final double LEAST_PERIOD_NANOS = 500_000;

    private Pace() {}

    /**
     * Returns when all was sent.
     *
     * @param send gets the moment at which it was due, of {@link System#nanoTime}; called on one thread
     */
    static void run(double rate, int seconds, LongConsumer send) throws InterruptedException {
        double interval = 1e9 / rate;
        long total = (long) (rate * seconds);
        CountDownLatch done = new CountDownLatch(1);
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            long begin = System.nanoTime() + 1_000_000;
            long[] next = {0};
            var ticks = executor.scheduleAtFixedRate(
                    () -> {
                        long now = System.nanoTime();
                        while (next[0] < total && begin + (long) (next[0] * interval) <= now) {
                            send.accept(begin + (long) (next[0]++ * interval));
                        }
                        if (next[0] >= total) {
                            done.countDown();
                        }
                    },
                    1_000_000,
                    (long) Math.max(LEAST_PERIOD_NANOS, Math.min(interval, 2e6)),
                    TimeUnit.NANOSECONDS);
            if (!done.await(seconds + 30L, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the pace could not be kept");
            }
            ticks.cancel(false);
        } finally {
            executor.shutdownNow();
        }
    }
}
