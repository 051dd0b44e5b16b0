package dev.confab.chat.inmemory;

import dev.confab.chat.port.out.SharedLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Token buckets of one process, each as the moment at which it is full again. Safe on any thread; calls never throw and
 * block only for each other.
 */
public final class InMemorySharedLimits implements SharedLimits {

    private static final int CLEAN_FROM = 10_000;

    private final Clock clock;
    private final Map<String, Instant> fullAt = new HashMap<>();
    private int cleanAt = CLEAN_FROM;

    /** All buckets full. */
    public InMemorySharedLimits(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized List<Duration> charge(List<Use> uses) {
        Instant now = clock.instant();
        List<Duration> answers = new ArrayList<>(uses.size());
        uses.forEach(use -> answers.add(charge(use, now)));
        return answers;
    }

    private Duration charge(Use use, Instant now) {
        Instant before = fullAt(use.bucket(), now);
        Instant after = before.plus(use.bucket().perToken().multipliedBy(use.tokens()));
        put(use.bucket(), after, now);
        return after.isAfter(now) ? Duration.between(now, after) : Duration.ZERO;
    }

    @Override
    public synchronized Duration take(Bucket bucket) {
        Instant now = clock.instant();
        Instant after = fullAt(bucket, now).plus(bucket.perToken());
        Duration wait = Duration.between(now, after).minus(bucket.perToken().multipliedBy(bucket.burst()));
        if (wait.isPositive()) {
            return wait;
        }
        put(bucket, after, now);
        return Duration.ZERO;
    }

    private Instant fullAt(Bucket bucket, Instant now) {
        Instant known = fullAt.get(bucket.name());
        return known == null || known.isBefore(now) ? now : known;
    }

    private void put(Bucket bucket, Instant full, Instant now) {
        fullAt.put(bucket.name(), full);
        if (fullAt.size() >= cleanAt) {
            fullAt.values().removeIf(each -> !each.isAfter(now));
            cleanAt = Math.max(CLEAN_FROM, 2 * fullAt.size());
        }
    }
}
