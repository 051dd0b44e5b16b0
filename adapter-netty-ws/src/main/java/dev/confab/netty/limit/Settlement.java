package dev.confab.netty.limit;

import dev.confab.chat.port.out.LimitsUnavailableException;
import dev.confab.chat.port.out.SharedLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the shared limits, a few times a second and for many callers at once, what this server let through, and learns
 * from their answer what others did. While they are away each server goes by its own buckets, and what was let through
 * meanwhile is forgiven. Safe on any thread; only {@link #close()} blocks.
 */
final class Settlement implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private static final Duration EVERY = Duration.ofMillis(20);
    private static final int MOST_AT_ONCE = 1_000;
    private static final long CLOSE_SECONDS = 3;

    private final SharedLimits shared;
    private final Map<Debtor<?>, Integer> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("confab-limits").factory());

    /** Whom a limit counts for, in one limit. */
    private record Debtor<K>(Limit<K> limit, K key) {

        SharedLimits.Bucket bucket() {
            return limit.bucket(key);
        }

        void learn(Duration untilFull) {
            limit.learn(key, untilFull);
        }
    }

    private record Debt(Debtor<?> debtor, int tokens) {}

    Settlement(SharedLimits shared) {
        this.shared = shared;
        var unused =
                timer.scheduleWithFixedDelay(this::settle, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    SharedLimits shared() {
        return shared;
    }

    /** So many tokens were taken here; with none it is only asked how many others took. */
    <K> void took(Limit<K> limit, K key, int tokens) {
        open.merge(new Debtor<>(limit, key), tokens, Integer::sum);
    }

    private void settle() {
        try {
            List<Debt> debts = new ArrayList<>();
            for (Debtor<?> debtor : List.copyOf(open.keySet())) {
                Integer tokens = open.remove(debtor);
                if (tokens != null) {
                    debts.add(new Debt(debtor, tokens));
                }
                if (debts.size() == MOST_AT_ONCE) {
                    charge(debts);
                    debts.clear();
                }
            }
            if (!debts.isEmpty()) {
                charge(debts);
            }
        } catch (LimitsUnavailableException away) {
            // The adapter's own log tells of the outage; fifty lines a second would not help.
            LOG.debug("Limits are this server's own for the moment: {}", away.getMessage());
            open.clear();
        } catch (RuntimeException e) {
            // A timer forgets a task that throws.
            LOG.error("Limits could not be shared", e);
        }
    }

    private void charge(List<Debt> debts) {
        List<Duration> untilFull = shared.charge(debts.stream()
                .map(debt -> new SharedLimits.Use(debt.debtor().bucket(), debt.tokens()))
                .toList());
        for (int i = 0; i < debts.size(); i++) {
            debts.get(i).debtor().learn(untilFull.get(i));
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
