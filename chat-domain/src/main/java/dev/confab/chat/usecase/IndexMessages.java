package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.out.MessageSearch;
import dev.confab.chat.port.out.StoreUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the index for searches close behind what this worker stores. What it does not hear of, because a worker ended
 * before its turn, is found by asking the store from time to time. Whoever stores goes first: where more comes than can
 * be indexed beside it, the index falls behind and catches up later.
 */
final class IndexMessages implements StoringListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(IndexMessages.class.getName());
    private static final Duration TURN = Duration.ofMillis(100);
    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final int ROOMS = 100;
    private static final int SWEPT = 1_000;

    private final MessageSearch search;
    /** Who has waited longest comes first. Locked by itself. */
    private final LinkedHashSet<RoomId> waiting = new LinkedHashSet<>();

    private final StoringLoad load = new StoringLoad(System.nanoTime());
    private final ReentrantLock underWay = new ReentrantLock();
    private final ScheduledExecutorService thread;

    private volatile boolean closed;
    private long nextSweep = System.nanoTime();

    /**
     * Begins with what was left behind.
     *
     * @param thread is blocked; stays open
     */
    IndexMessages(MessageSearch search, ScheduledExecutorService thread) {
        this.search = search;
        this.thread = thread;
        next(Duration.ZERO);
    }

    private void next(Duration pause) {
        if (!closed) {
            try {
                Future<?> unused = thread.schedule(this::turn, pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopped) {
                // The process ends; what waits is found by the next sweep of another.
                closed = true;
            }
        }
    }

    @Override
    public void begun() {
        load.begun(System.nanoTime());
    }

    /** Notes where something was stored. */
    @Override
    public void ended(List<Publication> published) {
        load.ended(System.nanoTime());
        Set<RoomId> rooms = new HashSet<>();
        for (Publication publication : published) {
            if (publication.event() instanceof ChatEvent.Timeline event) {
                rooms.add(event.message().roomId());
            }
        }
        await(rooms);
    }

    private void await(Collection<RoomId> rooms) {
        synchronized (waiting) {
            waiting.addAll(rooms);
        }
    }

    private void turn() {
        Duration pause = TURN;
        underWay.lock();
        try {
            long begin = System.nanoTime();
            follow();
            long end = System.nanoTime();
            pause = pause(load.rest(Duration.ofNanos(end - begin), end));
        } catch (StoreUnavailableException away) {
            // The rooms wait for the next turn.
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, "Cannot keep messages searchable", fault);
        } finally {
            underWay.unlock();
        }
        next(pause);
    }

    private Duration pause(Duration rest) {
        Duration least = isMoreWaiting() ? Duration.ZERO : TURN;
        return rest.compareTo(least) > 0 ? rest : least;
    }

    private void follow() {
        if (!closed && System.nanoTime() - nextSweep >= 0) {
            List<RoomId> behind = search.behind(SWEPT);
            await(behind);
            nextSweep = System.nanoTime() + (behind.size() < SWEPT ? SWEEP.toNanos() : 0);
        }
        Set<RoomId> rooms = some();
        if (!closed && !rooms.isEmpty()) {
            index(rooms);
        }
    }

    private boolean isMoreWaiting() {
        synchronized (waiting) {
            return !waiting.isEmpty();
        }
    }

    /** They are taken off the list before they are looked at: what is stored meanwhile puts them there again. */
    private Set<RoomId> some() {
        Set<RoomId> rooms = new HashSet<>();
        synchronized (waiting) {
            Iterator<RoomId> first = waiting.iterator();
            while (first.hasNext() && rooms.size() < ROOMS) {
                rooms.add(first.next());
                first.remove();
            }
        }
        return rooms;
    }

    private void index(Set<RoomId> rooms) {
        try {
            await(search.index(rooms));
        } catch (StoreUnavailableException away) {
            await(rooms);
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
        try {
            if (underWay.tryLock(5, TimeUnit.SECONDS)) {
                underWay.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
