package dev.confab.chat.usecase;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One event loop as the live part sees it: what is posted runs one after another, in the order of posting, many of it in
 * one task of the executor, and each session that was touched is flushed once at the end. {@link #post} is safe on any
 * thread; everything else happens on the lane.
 */
final class Lane {

    /** So that one busy lane lets its executor do other things now and then. */
    private static final int MOST_AT_ONCE = 1_000;

    private final Executor executor;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final List<LiveSession> touched = new ArrayList<>();
    private final List<LaneRoom> untold = new ArrayList<>();
    private final AtomicInteger holds = new AtomicInteger();

    Lane(Executor executor) {
        this.executor = executor;
    }

    /** Runs a task on the lane, after everything that was posted before it. */
    void post(Runnable task) {
        queue.add(task);
        if (holds.get() == 0) {
            schedule();
        }
    }

    /** Begins nothing more until {@link #release}, which must follow soon: what is posted meanwhile runs together. */
    void hold() {
        holds.incrementAndGet();
    }

    /** Ends a {@link #hold}. */
    void release() {
        if (holds.decrementAndGet() == 0 && !queue.isEmpty()) {
            schedule();
        }
    }

    /** Has the room tell what waits before the lane rests. On the lane. */
    void atEnd(LaneRoom room) {
        untold.add(room);
    }

    /** Notes, on the lane, that a session was given something and is to be flushed. */
    void touch(LiveSession session) {
        touched.add(session);
    }

    /** Whether nothing more is to be done now, so that waiting for more to flush together is of no use. On the lane. */
    boolean isLast() {
        return queue.isEmpty();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException closed) {
                // The executor was shut down, and with it every connection it served: nobody is left to be told.
                queue.clear();
                scheduled.set(false);
            }
        }
    }

    private void run() {
        try {
            for (int i = 0; i < MOST_AT_ONCE; i++) {
                Runnable task = queue.poll();
                if (task == null) {
                    break;
                }
                task.run();
            }
        } finally {
            try {
                finish();
            } finally {
                scheduled.set(false);
                if (!queue.isEmpty() && holds.get() == 0) {
                    schedule();
                }
            }
        }
    }

    private void finish() {
        untold.forEach(LaneRoom::tellUntold);
        untold.clear();
        touched.forEach(LiveSession::flush);
        touched.clear();
    }
}
