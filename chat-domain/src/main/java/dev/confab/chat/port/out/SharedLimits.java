package dev.confab.chat.port.out;

import java.time.Duration;
import java.util.List;

/**
 * Token buckets that all servers share, filled by one clock: how much of a limit was used anywhere. Calls block for at
 * most 2 s and may throw {@link LimitsUnavailableException}; safe on any thread.
 */
public interface SharedLimits {

    /**
     * Takes tokens out of buckets, whether they are there or not, and puts back where the number is negative.
     *
     * @return for each bucket, in the same order, how long until it is full again
     */
    List<Duration> charge(List<Use> uses);

    /** Takes one token. Answers zero when there was one, else how long until there is; nothing was taken then. */
    Duration take(Bucket bucket);

    /**
     * One bucket. A bucket that nobody used, or that has not been used for long, is full.
     *
     * @param name of the limit and of whom it limits, together
     * @param perToken in which time one token comes back, at least a microsecond
     * @param burst tokens in a full bucket, at least 1
     */
    record Bucket(String name, Duration perToken, int burst) {}

    /** So many tokens out of a bucket. */
    record Use(Bucket bucket, int tokens) {}
}
