package dev.confab.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Does several things at the same moment, each on a thread of its own. */
public final class Together {

    private static final long PATIENCE_SECONDS = 60;

    private Together() {}

    /**
     * Does {@code count} things, none of which begins before all are ready to.
     *
     * @param thing what the n-th of them does, from 0
     * @return what each answered, in their order
     * @throws AssertionError when one fails, or does not end within a minute
     */
    public static <T> List<T> run(int count, IntFunction<Callable<T>> thing) {
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<T>> running = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                Callable<T> one = thing.apply(i);
                running.add(threads.submit(() -> {
                    start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    return one.call();
                }));
            }
            List<T> answers = new ArrayList<>(count);
            for (Future<T> one : running) {
                answers.add(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError("one of " + count + " failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("one of " + count + " did not end within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
