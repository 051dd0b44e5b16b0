package dev.confab.testkit.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A timer of a process in virtual time. What is due is handed to an executor of that process. */
final class SimulatedTimer extends AbstractExecutorService implements ScheduledExecutorService {

    private final VirtualTime time;
    private final Node node;
    private final Executor executor;

    SimulatedTimer(VirtualTime time, Node node, Executor executor) {
        this.time = time;
        this.node = node;
        this.executor = executor;
    }

    private final class Task<V extends @Nullable Object> extends FutureTask<V> implements RunnableScheduledFuture<V> {
        private final long pause;

        Task(Callable<V> callable, long pause) {
            super(callable);
            this.pause = pause;
        }

        void ring() {
            if (node.isAlive() && !isCancelled()) {
                executor.execute(this::turn);
            }
        }

        private void turn() {
            if (pause == 0) {
                run();
            } else if (runAndReset()) {
                time.ringIn(pause, this::ring);
            }
        }

        @Override
        public boolean isPeriodic() {
            return pause != 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }

    private <V extends @Nullable Object> Task<V> begin(Callable<V> callable, long delay, long pause) {
        if (!node.isAlive()) {
            throw new RejectedExecutionException("the process has ended");
        }
        Task<V> task = new Task<>(callable, pause);
        time.ringIn(delay, task::ring);
        return task;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return begin(() -> runAll(command), unit.toMillis(delay), 0);
    }

    @Override
    public <V extends @Nullable Object> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return begin(callable, unit.toMillis(delay), 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initial, long period, TimeUnit unit) {
        return begin(() -> runAll(command), unit.toMillis(initial), unit.toMillis(period));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        return begin(() -> runAll(command), unit.toMillis(initial), unit.toMillis(delay));
    }

    private static boolean runAll(Runnable command) {
        command.run();
        return true;
    }

    @Override
    public void execute(Runnable command) {
        executor.execute(command);
    }

    @Override
    public void shutdown() {
        // It ends with its process.
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return !node.isAlive();
    }

    @Override
    public boolean isTerminated() {
        return !node.isAlive();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return !node.isAlive();
    }
}
