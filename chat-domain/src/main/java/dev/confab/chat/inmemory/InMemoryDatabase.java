package dev.confab.chat.inmemory;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the in-memory stores share: tables, and the lock over them. One lock, not one per room: the work
 * under it takes microseconds, and a batch over many rooms is a transaction without any order of locking.
 */
final class InMemoryDatabase {

    private final ReentrantLock lock = new ReentrantLock();
    private InMemoryTables tables = new InMemoryTables();

    /** Runs {@code work} alone. */
    <T> T transaction(Function<InMemoryTables, T> work) {
        lock.lock();
        try {
            return work.apply(tables);
        } finally {
            lock.unlock();
        }
    }

    /** Runs {@code work} alone. */
    void run(Consumer<InMemoryTables> work) {
        lock.lock();
        try {
            work.accept(tables);
        } finally {
            lock.unlock();
        }
    }

    InMemoryTables copy() {
        return transaction(InMemoryTables::copy);
    }

    void restore(InMemoryTables backup) {
        lock.lock();
        try {
            tables = backup.copy();
        } finally {
            lock.unlock();
        }
    }
}
