package dev.confab.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Waits for what takes a moment: asks again until it holds, and goes on at once when it does. Safe on any thread. */
public final class Eventually {

    /** Long enough for a busy machine; nobody waits for it but a test that fails. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long BETWEEN_MILLIS = 5;

    private Eventually() {}

    /** What shall hold; throws an {@link AssertionError} while it does not. */
    @FunctionalInterface
    public interface Check {
        /** Asks once. Any other exception than an {@link AssertionError} ends the waiting. */
        void run() throws Exception;
    }

    /** Asks until it holds. Fails with the check's last complaint after {@link #PATIENCE}. */
    public static void holds(Check check) {
        holdsWithin(PATIENCE, check);
    }

    /** Asks until it holds. Fails with the check's last complaint after {@code patience}. */
    public static void holdsWithin(Duration patience, Check check) {
        CompletableFuture<Void> held = new CompletableFuture<>();
        AtomicReference<AssertionError> complaint =
                new AtomicReference<>(new AssertionError("no answer within " + patience));
        Executor soon = CompletableFuture.delayedExecutor(BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
        ask(check, held, complaint, soon);
        try {
            held.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            held.cancel(false);
            throw new AssertionError("does not hold after " + patience, complaint.get());
        } catch (ExecutionException e) {
            throw new AssertionError("could not be asked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void ask(
            Check check, CompletableFuture<Void> held, AtomicReference<AssertionError> complaint, Executor soon) {
        soon.execute(() -> {
            if (held.isDone()) {
                return;
            }
            try {
                check.run();
                held.complete(null);
            } catch (AssertionError e) {
                complaint.set(e);
                ask(check, held, complaint, soon);
            } catch (Exception e) {
                held.completeExceptionally(e);
            }
        });
    }
}
