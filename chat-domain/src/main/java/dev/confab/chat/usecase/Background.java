package dev.confab.chat.usecase;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Where the live part runs what blocks, and what comes later. Safe on any thread. */
final class Background {

    private final Executor blocking;
    private final ScheduledExecutorService timer;

    Background(Executor blocking, ScheduledExecutorService timer) {
        this.blocking = blocking;
        this.timer = timer;
    }

    /** Runs a call that blocks. The stage fails with what the call threw, or when there is no thread to be had. */
    <T> CompletionStage<T> call(Supplier<T> blockingCall) {
        try {
            return CompletableFuture.supplyAsync(blockingCall, blocking);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(full);
        }
    }

    /** Runs a call that blocks and whose failure matters to nobody: something later makes up for it. */
    void attempt(Runnable blockingCall) {
        var unused = call(() -> {
            blockingCall.run();
            return true;
        });
    }

    /** Runs a call that blocks after a while; never, when chat is being closed. */
    Future<?> later(Duration delay, Runnable blockingCall) {
        try {
            return timer.schedule(() -> attempt(blockingCall), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Runs something short that does not block after a while. */
    void retry(Duration delay, Runnable task) {
        try {
            Future<?> unused = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // Chat is being closed, and nobody waits for this any more.
        }
    }

    /** Runs a call that blocks again and again, each time {@code pause} after the one before has ended. */
    Future<?> repeat(Duration pause, Runnable blockingCall) {
        return timer.scheduleWithFixedDelay(
                new NeverTwiceAtOnce(this, blockingCall), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Leaves out a turn while the turn before is still under way. */
    private static final class NeverTwiceAtOnce implements Runnable {
        private final Background background;
        private final Runnable task;
        private volatile boolean underWay;

        NeverTwiceAtOnce(Background background, Runnable task) {
            this.background = background;
            this.task = task;
        }

        @Override
        public void run() {
            if (!underWay) {
                underWay = true;
                background
                        .call(() -> {
                            task.run();
                            return true;
                        })
                        .whenComplete((done, fault) -> underWay = false);
            }
        }
    }
}
