package dev.confab.netty.offload;

import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs work that blocks on a bounded number of threads behind a bounded queue, and brings its result back to the lane
 * that asked, an event loop as a rule. What does not fit is refused at once instead of growing a backlog that nobody
 * waits for any more. Does not order the work: who needs order asks for the next only when the last came back. Safe on
 * any thread.
 */
public final class Offload implements Executor, AutoCloseable {

    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int CLOSE_SECONDS = 5;

    private final ThreadPoolExecutor pool;

    /**
     * @param name of the threads
     * @param threads at most this many run at once
     * @param queue at most this many wait
     */
    public Offload(String name, int threads, int queue) {
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                new DefaultThreadFactory(name, true));
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs {@code work} and then, on {@code lane}, either {@code done} with its result or {@code failed} with what it
     * threw. A result that holds a buffer is released when the lane takes nothing more.
     *
     * @return false when there is no room; nothing will be called then
     */
    public <T> boolean run(Executor lane, Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        try {
            pool.execute(() -> work(lane, work, done, failed));
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /**
     * Runs a task.
     *
     * @throws RejectedExecutionException when there is no room
     */
    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    @SuppressWarnings("CatchingUnchecked") // whatever it is, the caller must learn of it
    private static <T> void work(Executor lane, Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        T result;
        try {
            result = work.call();
        } catch (Throwable thrown) {
            back(lane, () -> failed.accept(thrown));
            return;
        }
        if (!back(lane, () -> done.accept(result))) {
            ReferenceCountUtil.release(result);
        }
    }

    private static boolean back(Executor lane, Runnable task) {
        try {
            lane.execute(task);
            return true;
        } catch (RejectedExecutionException laneEnded) {
            return false;
        }
    }

    /** Takes nothing more and waits up to 5 s for what runs. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
