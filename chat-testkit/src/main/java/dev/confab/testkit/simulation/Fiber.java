package dev.confab.testkit.simulation;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Something that blocks, run in turns: it runs from {@link #resume} until it {@linkplain #pause pauses} or ends, and
 * whoever resumed it waits for that. So there is never more than one thread that runs.
 */
final class Fiber {

    private final Turns turns;
    private final Runnable task;
    private final Thread thread;
    private volatile @Nullable Thread waiting;
    private volatile boolean running;
    private volatile boolean ended;
    private volatile boolean killed;
    private volatile @Nullable Throwable failure;
    private boolean started;

    /** Whose turn it is. */
    static final class Turns {
        private @Nullable Fiber now;

        /** The fiber that runs; null while it is something that must not block. */
        @Nullable
        Fiber now() {
            return now;
        }

        /** Lets others have their turn; does nothing outside fibers. */
        void pause() {
            if (now != null) {
                now.pause();
            }
        }
    }

    Fiber(Turns turns, Runnable task) {
        this.turns = turns;
        this.task = task;
        this.thread = Thread.ofVirtual().unstarted(this::run);
    }

    boolean isEnded() {
        return ended;
    }

    /** With what it failed; null when it did not. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    void resume() {
        Fiber before = turns.now;
        turns.now = this;
        waiting = Thread.currentThread();
        running = true;
        if (started) {
            LockSupport.unpark(thread);
        } else {
            started = true;
            thread.start();
        }
        while (running) {
            LockSupport.park(this);
        }
        turns.now = before;
    }

    /** Ends it where it is. */
    void kill() {
        killed = true;
        if (!started) {
            ended = true;
        } else if (!ended) {
            resume();
        }
    }

    private void run() {
        try {
            task.run();
        } catch (Killed unwound) {
            // As a process ends that is killed: without a word.
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            ended = true;
            running = false;
            LockSupport.unpark(waiting);
        }
    }

    private void pause() {
        if (!killed) {
            running = false;
            LockSupport.unpark(waiting);
            while (!running) {
                LockSupport.park(this);
            }
        }
        if (killed) {
            throw new Killed();
        }
    }
}
