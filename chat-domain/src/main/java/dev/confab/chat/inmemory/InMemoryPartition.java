package dev.confab.chat.inmemory;

import dev.confab.chat.model.Command;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One partition of the command log. It belongs to at most one worker at a time: who is assigned to it waits until its
 * former worker has let go.
 */
final class InMemoryPartition {

    /** Commands nobody has worked on yet. */
    static final int BACKLOG = 100_000;

    /** Commands that were worked on and can be read again. */
    static final int KEPT = 2_000;

    private static final int BATCH = 500;
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final CommandPartition name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<LongFunction<CommandBatch.Entry>> entries = new ArrayList<>();
    private long firstOffset;
    private OptionalLong committed = OptionalLong.empty();
    private @Nullable InMemoryWorker assignee;
    private @Nullable InMemoryWorker holder;

    InMemoryPartition(CommandPartition name) {
        this.name = name;
    }

    CommandPartition name() {
        return name;
    }

    /** False when the backlog is full. */
    boolean append(Command command) {
        return append(offset -> new CommandBatch.Logged(offset, command)).isPresent();
    }

    /**
     * Appends what is made of the offset that it gets.
     *
     * @return that offset; empty when the backlog is full
     */
    OptionalLong append(LongFunction<CommandBatch.Entry> entry) {
        lock.lock();
        try {
            if (end() - committed.orElse(0) >= BACKLOG) {
                return OptionalLong.empty();
            }
            entries.add(entry);
            changed.signalAll();
            return OptionalLong.of(end() - 1);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    InMemoryWorker assignee() {
        lock.lock();
        try {
            return assignee;
        } finally {
            lock.unlock();
        }
    }

    void assignTo(@Nullable InMemoryWorker worker) {
        lock.lock();
        try {
            assignee = worker;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was not finished, oldest first. */
    List<CommandBatch.Entry> unfinished() {
        lock.lock();
        try {
            return from(Math.max(firstOffset, committed.orElse(0)));
        } finally {
            lock.unlock();
        }
    }

    /** All that it holds on to, oldest first. */
    List<CommandBatch.Entry> held() {
        lock.lock();
        try {
            return from(firstOffset);
        } finally {
            lock.unlock();
        }
    }

    private List<CommandBatch.Entry> from(long first) {
        List<CommandBatch.Entry> found = new ArrayList<>();
        for (long offset = first; offset < end(); offset++) {
            found.add(entries.get((int) (offset - firstOffset)).apply(offset));
        }
        return found;
    }

    /** Wakes whoever waits here, so that it looks whether its worker was closed. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the worker has this partition to itself. False when the worker was closed. */
    boolean claim(InMemoryWorker worker) throws InterruptedException {
        lock.lock();
        try {
            while (!worker.isClosed()) {
                if (assignee == worker && holder == null) {
                    holder = worker;
                    return true;
                }
                changed.await();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            holder = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    OptionalLong committed() {
        lock.lock();
        try {
            return committed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the commands at and after the position. None are in the batch when none came for some time; null when the
     * partition is no longer the worker's.
     */
    @Nullable
    CommandBatch read(InMemoryWorker worker, long position) throws InterruptedException {
        lock.lock();
        try {
            long left = IDLE.toNanos();
            while (belongsTo(worker) && position >= end() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return belongsTo(worker) ? batch(position) : null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits that long. False, at once, when the partition is no longer the worker's. */
    boolean pause(InMemoryWorker worker, Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && belongsTo(worker)) {
                left = changed.awaitNanos(left);
            }
            return belongsTo(worker);
        } finally {
            lock.unlock();
        }
    }

    /** The farthest place stays: it tells a worker that begins here that the store was restored from a copy. */
    void commit(long position) {
        lock.lock();
        try {
            committed = OptionalLong.of(Math.max(position, committed.orElse(0)));
            forget(position - KEPT);
        } finally {
            lock.unlock();
        }
    }

    private boolean belongsTo(InMemoryWorker worker) {
        return assignee == worker && !worker.isClosed();
    }

    private CommandBatch batch(long position) {
        long from = Math.max(position, firstOffset);
        long to = Math.min(end(), from + BATCH);
        List<CommandBatch.Entry> batch = new ArrayList<>((int) (to - from));
        for (long offset = from; offset < to; offset++) {
            batch.add(entries.get((int) (offset - firstOffset)).apply(offset));
        }
        return new CommandBatch(name, position, List.copyOf(batch), to);
    }

    /** In steps, because each moves all that stays. */
    private void forget(long before) {
        int count = (int) (before - firstOffset);
        if (count >= KEPT) {
            entries.subList(0, count).clear();
            firstOffset = before;
        }
    }

    private long end() {
        return firstOffset + entries.size();
    }
}
