package dev.confab.chat.inmemory;

import dev.confab.chat.model.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All publications, as a chain whose links point to later ones only: each listener holds on to where it is, and what
 * every listener has passed is garbage.
 */
final class InMemoryPublicationLog {

    private static final int MOST_AT_ONCE = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Link last = new Link(List.of());

    /** A place in the log, between what was published before and after. */
    static final class Link {
        private final List<Publication> publications;
        private @Nullable Link next;

        private Link(List<Publication> publications) {
            this.publications = publications;
        }
    }

    /** What was read, and where to read on. */
    record Reading(List<Publication> publications, Link end) {}

    void append(List<Publication> publications) {
        Link link = new Link(List.copyOf(publications));
        lock.lock();
        try {
            last.next = link;
            last = link;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Link end() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what was published after that place. Null once {@code stopped}. */
    @Nullable
    Reading read(Link from, BooleanSupplier stopped) throws InterruptedException {
        lock.lock();
        try {
            while (from.next == null && !stopped.getAsBoolean()) {
                changed.await();
            }
            if (stopped.getAsBoolean()) {
                return null;
            }
            List<Publication> read = new ArrayList<>();
            Link at = from;
            for (Link next = at.next; next != null && read.size() < MOST_AT_ONCE; next = at.next) {
                read.addAll(next.publications);
                at = next;
            }
            return new Reading(read, at);
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all readers, so that they look whether they shall stop. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
