package dev.confab.netty.ws;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Counts rate-limit refusals of one connection, to notice a client that does not care. Not safe for several threads. */
final class RefusalCount {

    private static final int TOO_MANY = 500;
    private static final long WITHIN = Duration.ofSeconds(10).toNanos();

    /** When the latest refusals were, the oldest overwritten first; most connections never need it. */
    private long @Nullable [] times;

    private int next;
    private boolean full;

    /** Counts one; true when it is the 500th within 10 s. */
    boolean add(long nanoTime) {
        long[] ring = times;
        if (ring == null) {
            ring = new long[TOO_MANY];
            times = ring;
        }
        ring[next] = nanoTime;
        next = (next + 1) % TOO_MANY;
        full |= next == 0;
        return full && nanoTime - ring[next] <= WITHIN;
    }
}
