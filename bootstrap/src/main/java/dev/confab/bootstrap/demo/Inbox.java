package dev.confab.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client must remember, whatever becomes of its connections: the messages it has seen, the epoch, and whether
 * anything was wrong with them. Safe on any thread; conditions are asked under the lock.
 */
final class Inbox {

    private final String owner;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final NavigableMap<Long, JsonNode> seen = new TreeMap<>();
    private final Map<String, JsonNode> replies = new TreeMap<>();
    private @Nullable String problem;
    private @Nullable String epoch;

    Inbox(String owner) {
        this.owner = owner;
    }

    /** Takes a frame in. */
    void hear(JsonNode frame) {
        lock.lock();
        try {
            JsonNode data = frame.path("data");
            switch (frame.path("event").asText()) {
                case "connected" -> epoch = data.path("epoch").asText();
                case "newMessage" -> {
                    long seq = data.path("seq").asLong();
                    long expected = seen.isEmpty() ? seq : seen.lastKey() + 1;
                    if (seq != expected) {
                        problem = owner + " was shown " + seq + " where " + expected + " comes next";
                    }
                    seen.put(seq, data);
                }
                case "messageRejected" -> problem = owner + "'s accepted message was refused: " + data;
                default -> {
                    // Presence and the like: nice to have.
                }
            }
            if (frame.hasNonNull("ref")) {
                replies.put(frame.path("ref").asText(), data);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the server broke the contract. */
    void complain(String complaint) {
        lock.lock();
        try {
            problem = complaint;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes who waits: something outside has changed. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it holds; false when it does not within the patience. */
    boolean await(BooleanSupplier condition, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!condition.getAsBoolean() && problem == null) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", interrupted);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks whether everything was as it should be.
     *
     * @throws DemoFailure when it was not
     */
    void check() {
        lock.lock();
        try {
            if (problem != null) {
                throw new DemoFailure(problem);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean hasReply(String ref) {
        lock.lock();
        try {
            return replies.containsKey(ref);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    JsonNode takeReply(String ref) {
        lock.lock();
        try {
            return replies.remove(ref);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    String epoch() {
        lock.lock();
        try {
            return epoch;
        } finally {
            lock.unlock();
        }
    }

    /** The highest place seen; 0 before the first. */
    long lastSeen() {
        lock.lock();
        try {
            return seen.isEmpty() ? 0 : seen.lastKey();
        } finally {
            lock.unlock();
        }
    }

    /** What was seen, by place. */
    NavigableMap<Long, JsonNode> seen() {
        lock.lock();
        try {
            return new TreeMap<>(seen);
        } finally {
            lock.unlock();
        }
    }
}
