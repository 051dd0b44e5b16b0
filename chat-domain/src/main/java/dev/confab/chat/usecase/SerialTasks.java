package dev.confab.chat.usecase;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs blocking tasks in the background, those with the same key one after another, and few at a time: thousands of them
 * leave threads to what matters more, and none of those to whom somebody waits for an answer finds no room. Failures are
 * dropped. Safe on any thread; does not block.
 */
final class SerialTasks {

    /** So many wait at most; beyond that they are dropped. */
    private static final int MOST = 200_000;

    private final Background background;
    private final int atOnce;
    private final ReentrantLock lock = new ReentrantLock();
    /** What waits for another task with the same key to end. */
    private final Map<Object, Queue<Runnable>> behind = new HashMap<>();

    private final Queue<Turn> ready = new ArrayDeque<>();
    private int waiting;
    private int underWay;

    private record Turn(Object key, Runnable task) {}

    /**
     * @param atOnce how many tasks run at a time, all keys together
     */
    SerialTasks(Background background, int atOnce) {
        this.background = background;
        this.atOnce = atOnce;
    }

    void run(Object key, Runnable task) {
        lock.lock();
        try {
            if (waiting == MOST) {
                return;
            }
            waiting++;
            Queue<Runnable> before = behind.get(key);
            if (before != null) {
                before.add(task);
                return;
            }
            behind.put(key, new ArrayDeque<>(2));
            ready.add(new Turn(key, task));
        } finally {
            lock.unlock();
        }
        begin();
    }

    private void begin() {
        for (Turn turn = next(); turn != null; turn = next()) {
            Turn begun = turn;
            background.call(() -> take(begun)).whenComplete((taken, noThread) -> {
                if (taken == null) {
                    ended(begun);
                }
            });
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever it is, the next must have its turn
    private boolean take(Turn turn) {
        try {
            turn.task().run();
        } catch (Throwable dropped) {
            // Something later makes up for it.
        }
        ended(turn);
        begin();
        return true;
    }

    private @Nullable Turn next() {
        lock.lock();
        try {
            Turn turn = underWay < atOnce ? ready.poll() : null;
            if (turn != null) {
                waiting--;
                underWay++;
            }
            return turn;
        } finally {
            lock.unlock();
        }
    }

    private void ended(Turn turn) {
        lock.lock();
        try {
            underWay--;
            Queue<Runnable> left = behind.get(turn.key());
            Runnable task = left == null ? null : left.poll();
            if (task == null) {
                behind.remove(turn.key());
            } else {
                ready.add(new Turn(turn.key(), task));
            }
        } finally {
            lock.unlock();
        }
    }
}
