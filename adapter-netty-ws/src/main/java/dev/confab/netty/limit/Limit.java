package dev.confab.netty.limit;

import dev.confab.chat.port.out.LimitsUnavailableException;
import dev.confab.chat.port.out.SharedLimits;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One limit for each of many callers: a bucket on this server, which decides, and a bucket of all servers, with which it
 * is kept in step. Safe on any thread.
 */
final class Limit<K> {

    private static final Logger LOG = LoggerFactory.getLogger(Limit.class);

    /** Callers for whom a bucket is kept; beyond that old ones are forgotten early, in favour of the new ones. */
    private static final int MAX_KEYS = 200_000;

    private final String name;
    private final RateLimit rate;
    private final Function<K, String> text;
    private final TokenBuckets<K> buckets;
    private final @Nullable Settlement settlement;

    /**
     * @param text what a caller is called among servers
     * @param settlement null: this server is the only one
     */
    Limit(
            String name,
            RateLimit rate,
            Function<K, String> text,
            LongSupplier nanoTime,
            @Nullable Settlement settlement) {
        this.name = name;
        this.rate = rate;
        this.text = text;
        this.buckets = new TokenBuckets<>(rate, MAX_KEYS, nanoTime);
        this.settlement = settlement;
    }

    /** Takes a token here and tells the others soon. Does not block. Answers 0, else the nanoseconds until there is one. */
    long take(K key) {
        long wait = buckets.take(key);
        if (settlement != null && !rate.isOff()) {
            settlement.took(this, key, wait == 0 ? 1 : 0);
        }
        return wait;
    }

    /** Takes a token out of the bucket of all servers, exactly. Blocks for at most 2 s. Answers as {@link #take}. */
    long takeShared(K key) {
        long wait = buckets.take(key);
        if (wait > 0 || settlement == null || rate.isOff()) {
            return wait;
        }
        try {
            Duration untilThere = settlement.shared().take(bucket(key));
            if (untilThere.isPositive()) {
                buckets.giveBack(key);
            }
            return untilThere.toNanos();
        } catch (LimitsUnavailableException away) {
            LOG.debug("The limit {} is this server's own for the moment: {}", name, away.getMessage());
            return 0;
        }
    }

    /** Gives back what {@link #takeShared} took. Blocks for at most 2 s. */
    void giveBackShared(K key) {
        buckets.giveBack(key);
        if (settlement == null || rate.isOff()) {
            return;
        }
        try {
            List<Duration> unused = settlement.shared().charge(List.of(new SharedLimits.Use(bucket(key), -1)));
        } catch (LimitsUnavailableException away) {
            LOG.debug("The limit {} is this server's own for the moment: {}", name, away.getMessage());
        }
    }

    SharedLimits.Bucket bucket(K key) {
        return new SharedLimits.Bucket(
                name + ":" + text.apply(key), Duration.ofNanos(rate.nanosPerToken()), rate.burst());
    }

    /** On all servers together the caller has used up so much. */
    void learn(K key, Duration untilFull) {
        buckets.raise(key, untilFull.toNanos());
    }
}
