package dev.confab.netty.limit;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * One token bucket for each key. A bucket is a single number, the moment at which it will be full again (the generic
 * cell rate algorithm, ITU-T I.371 annex A), so that taking is one compare-and-set and a full bucket needs no memory.
 *
 * <p>Memory is bounded: each new key looks at a few others and drops those that are full again, and whatever it finds
 * while there are more than {@code maxKeys}. Safe on any thread; does not block.
 */
final class TokenBuckets<K> {

    private static final int LOOKED_AT = 4;

    private final RateLimit limit;
    private final int maxKeys;
    private final LongSupplier nanoTime;
    private final long start;
    private final Map<K, AtomicLong> fullAt = new ConcurrentHashMap<>();
    private final ReentrantLock sweep = new ReentrantLock();
    private Iterator<Map.Entry<K, AtomicLong>> sweeper = Collections.emptyIterator();

    TokenBuckets(RateLimit limit, int maxKeys, LongSupplier nanoTime) {
        this.limit = limit;
        this.maxKeys = maxKeys;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Takes a token. Answers 0 when there was one, else the nanoseconds until there is. */
    long take(K key) {
        if (limit.isOff()) {
            return 0;
        }
        long now = now();
        AtomicLong bucket = bucket(key, now);
        long most = limit.nanosPerToken() * (limit.burst() - 1);
        while (true) {
            long before = bucket.get();
            long from = Math.max(before, now);
            long wait = from - now - most;
            if (wait > 0) {
                return wait;
            }
            if (bucket.compareAndSet(before, from + limit.nanosPerToken())) {
                return 0;
            }
        }
    }

    /** The bucket is known to need that long to be full, at least. */
    void raise(K key, long nanosUntilFull) {
        if (limit.isOff() || nanosUntilFull <= 0) {
            return;
        }
        long now = now();
        bucket(key, now).accumulateAndGet(now + nanosUntilFull, Math::max);
    }

    /** Puts a token back that was taken. */
    void giveBack(K key) {
        AtomicLong bucket = fullAt.get(key);
        if (bucket != null) {
            bucket.addAndGet(-limit.nanosPerToken());
        }
    }

    /** Buckets in memory. */
    int size() {
        return fullAt.size();
    }

    private long now() {
        return nanoTime.getAsLong() - start;
    }

    private AtomicLong bucket(K key, long now) {
        AtomicLong known = fullAt.get(key);
        if (known != null) {
            return known;
        }
        dropSome(now);
        return fullAt.computeIfAbsent(key, absent -> new AtomicLong());
    }

    private void dropSome(long now) {
        if (!sweep.tryLock()) {
            return;
        }
        try {
            boolean crowded = fullAt.size() >= maxKeys;
            for (int i = 0; i < LOOKED_AT; i++) {
                if (!sweeper.hasNext()) {
                    sweeper = fullAt.entrySet().iterator();
                    if (!sweeper.hasNext()) {
                        return;
                    }
                }
                long full = sweeper.next().getValue().get();
                if (crowded || full <= now) {
                    sweeper.remove();
                }
            }
        } finally {
            sweep.unlock();
        }
    }
}
