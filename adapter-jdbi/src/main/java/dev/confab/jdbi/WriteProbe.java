package dev.confab.jdbi;

import dev.confab.chat.port.out.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether the database answers and takes writes. The question is asked on a thread of its own, so that the caller
 * gets an answer in time even when the database gives none; one question is under way at a time.
 */
final class WriteProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private final AtomicReference<@Nullable CompletableFuture<Boolean>> underWay = new AtomicReference<>();

    WriteProbe(Database database) {
        this.database = database;
    }

    void run() {
        boolean writable;
        try {
            writable = ask().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("The database does not answer", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new StoreUnavailableException(
                    cause == null ? "The database does not answer" : String.valueOf(cause.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while asking the database", e);
        }
        if (!writable) {
            throw new StoreUnavailableException("The database is read-only");
        }
    }

    private CompletableFuture<Boolean> ask() {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> earlier = underWay.compareAndExchange(null, mine);
        if (earlier != null) {
            return earlier;
        }
        Thread.ofVirtual().name("confab-store-probe").start(() -> {
            try {
                boolean writable = database.read(handle -> handle.createQuery(
                                "select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off'")
                        .mapTo(Boolean.class)
                        .one());
                underWay.set(null);
                mine.complete(writable);
            } catch (RuntimeException e) {
                underWay.set(null);
                mine.completeExceptionally(e);
            }
        });
        return mine;
    }
}
