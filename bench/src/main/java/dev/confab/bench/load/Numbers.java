package dev.confab.bench.load;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The messages of a run are numbered: their {@code clientMsgId} tells when they were due. Safe on any thread. */
final class Numbers {

    /** What is not of this run. */
    static final long NONE = -1;

    private static final int PREFIX = 24;
    private static final int CHUNK = 1 << 16;
    private static final int CHUNKS = 1 << 14;

    private final String prefix = UUID.randomUUID().toString().substring(0, PREFIX);
    private final AtomicLong count = new AtomicLong();
    private final AtomicReferenceArray<long[]> due = new AtomicReferenceArray<>(CHUNKS);

    /** The number of a new message that is due at this moment of {@link System#nanoTime}. */
    long next(long dueNanos) {
        long number = count.getAndIncrement();
        int chunk = (int) (number / CHUNK);
        long[] times = due.get(chunk);
        if (times == null) {
            long[] fresh = new long[CHUNK];
            times = due.compareAndSet(chunk, null, fresh) ? fresh : due.get(chunk);
        }
        times[(int) (number % CHUNK)] = dueNanos;
        return number;
    }

    String key(long number) {
        return prefix + String.format(Locale.ROOT, "%012x", number);
    }

    /** The number of a message of this run, or {@link #NONE}. */
    long number(String key) {
        if (!key.startsWith(prefix)) {
            return NONE;
        }
        long number = Long.parseLong(key, PREFIX, key.length(), 16);
        return number < count.get() ? number : NONE;
    }

    long due(long number) {
        long[] times = due.get((int) (number / CHUNK));
        return times[(int) (number % CHUNK)];
    }

    long count() {
        return count.get();
    }
}
