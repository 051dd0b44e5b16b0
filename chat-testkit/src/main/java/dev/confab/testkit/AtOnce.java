package dev.confab.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Lets several threads begin at the same moment. Stateless. */
public final class AtOnce {

    private AtOnce() {}

    /** What is to be done with each. */
    @FunctionalInterface
    public interface Call<T, R> {
        /** Does it. What it throws fails the test. */
        R with(T subject) throws Exception;
    }

    /** Does it with all at once, each on a thread of its own; the answers are in the order of the subjects. */
    public static <T, R> List<R> call(Collection<T> subjects, Call<T, R> call) {
        CyclicBarrier start = new CyclicBarrier(subjects.size());
        ExecutorService threads = Executors.newFixedThreadPool(subjects.size());
        try {
            List<Future<R>> futures = new ArrayList<>();
            for (T subject : subjects) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return call.with(subject);
                }));
            }
            List<R> answers = new ArrayList<>();
            for (Future<R> future : futures) {
                answers.add(future.get(Eventually.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError("a call failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a call did not end within " + Eventually.PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            // Not close(), which would wait for a call that never ends.
            threads.shutdownNow();
        }
    }

    /** Does it {@code count} times at once, with the numbers from 0; the answers are in their order. */
    public static <R> List<R> call(int count, Call<Integer, R> call) {
        return call(IntStream.range(0, count).boxed().toList(), call);
    }
}
