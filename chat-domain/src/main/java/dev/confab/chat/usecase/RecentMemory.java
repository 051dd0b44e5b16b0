package dev.confab.chat.usecase;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds what all rooms together remember of their timelines, and for how long. Safe on any thread. */
final class RecentMemory {

    /** About 16 million characters, so 16 to 32 MiB. */
    private static final long MOST = 16L * 1024 * 1024;

    /** Cleanings, which come every 10 s, until something counts as old: two minutes. */
    private static final long KEPT = 12;

    private final AtomicLong left;
    private volatile long cleanings;

    RecentMemory() {
        this(MOST);
    }

    RecentMemory(long most) {
        left = new AtomicLong(most);
    }

    /** Whether there was room for that much, which is taken then. */
    boolean take(long weight) {
        if (left.addAndGet(-weight) >= 0) {
            return true;
        }
        left.addAndGet(weight);
        return false;
    }

    void giveBack(long weight) {
        left.addAndGet(weight);
    }

    /** A moment, in cleanings. */
    long now() {
        return cleanings;
    }

    /** Whether what was remembered at that moment is old. */
    boolean isOld(long moment) {
        return cleanings - moment > KEPT;
    }

    /** Some time has passed. By one thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
    void pass() {
        cleanings++;
    }
}
