package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.out.MessageSearch;
import dev.confab.chat.port.out.StoreUnavailableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the index for searches close behind what this worker stores. What it does not hear of,
 * because a worker ended before its turn, is found by asking the store from time to time.
 */
final class IndexMessages implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(IndexMessages.class.getName());
    private static final Duration TURN = Duration.ofMillis(100);
    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final int ROOMS = 100;
    private static final int SWEPT = 1_000;

    private final MessageSearch search;
    private final Set<RoomId> waiting = ConcurrentHashMap.newKeySet();
    private final ReentrantLock underWay = new ReentrantLock();
    private final Future<?> turns;

    private volatile boolean closed;
    private long nextSweep = System.nanoTime();

    /**
     * Begins with what was left behind.
     *
     * @param thread is blocked; stays open
     */
    IndexMessages(MessageSearch search, ScheduledExecutorService thread) {
        this.search = search;
        this.turns = thread.scheduleWithFixedDelay(this::turn, 0, TURN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Notes where something was stored. Does not block. */
    void stored(List<Publication> publications) {
        for (Publication publication : publications) {
            if (publication.event() instanceof ChatEvent.Timeline event) {
                waiting.add(event.message().roomId());
            }
        }
    }

    private void turn() {
        underWay.lock();
        try {
            follow();
        } catch (StoreUnavailableException away) {
            // The rooms wait for the next turn.
        } finally {
            underWay.unlock();
        }
    }

    private void follow() {
        if (!closed && System.nanoTime() - nextSweep >= 0) {
            List<RoomId> behind = search.behind(SWEPT);
            waiting.addAll(behind);
            nextSweep = System.nanoTime() + (behind.size() < SWEPT ? SWEEP.toNanos() : 0);
        }
        while (!closed && !waiting.isEmpty()) {
            index(some());
        }
    }

    private Set<RoomId> some() {
        Set<RoomId> rooms = new HashSet<>();
        for (RoomId roomId : waiting) {
            if (rooms.size() == ROOMS) {
                break;
            }
            rooms.add(roomId);
        }
        return rooms;
    }

    /** A room is taken off the list before it is looked at: what is stored meanwhile puts it there again. */
    private void index(Set<RoomId> rooms) {
        waiting.removeAll(rooms);
        try {
            waiting.addAll(search.index(rooms));
        } catch (StoreUnavailableException away) {
            waiting.addAll(rooms);
            throw away;
        } catch (RuntimeException fault) {
            // One that cannot be indexed must not keep its neighbours from it. It is tried again by the next sweep.
            if (rooms.size() > 1) {
                rooms.forEach(room -> index(Set.of(room)));
            } else {
                LOG.log(System.Logger.Level.WARNING, "Cannot make " + rooms + " searchable", fault);
            }
        }
    }

    /** Finishes what is under way, for at most 5 s; the rest is left to others. Idempotent. */
    @Override
    public void close() {
        closed = true;
        turns.cancel(false);
        try {
            if (underWay.tryLock(5, TimeUnit.SECONDS)) {
                underWay.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
