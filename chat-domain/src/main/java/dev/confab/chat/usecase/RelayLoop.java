package dev.confab.chat.usecase;

import dev.confab.chat.port.out.Subscription;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Relays again and again until it is closed: at once while more may be left, else after a short pause, and after a
 * longer one while the store or the bus is away. Many may look at once, in many processes; one finds something to do.
 */
final class RelayLoop implements Subscription {

    private static final int AT_ONCE = 200;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration AFTER_TROUBLE = Duration.ofMillis(500);
    private static final Duration TO_FINISH = Duration.ofMillis(1_500);
    private static final Duration TO_BREAK_OFF = Duration.ofMillis(500);

    private final RelayRoomChanges changes;
    private final ScheduledExecutorService thread;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean closed;
    private volatile Future<?> next = CompletableFuture.completedFuture(null);

    RelayLoop(RelayRoomChanges changes, ScheduledExecutorService thread) {
        this.changes = changes;
        this.thread = thread;
    }

    void start() {
        schedule(Duration.ZERO);
    }

    private void schedule(Duration pause) {
        if (!closed) {
            try {
                next = thread.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The thread was stopped: somebody else goes on, or this process when it runs again.
                closed = true;
            }
        }
    }

    private void run() {
        Duration pause = PAUSE;
        turn.lock();
        try {
            if (!closed && changes.relay(AT_ONCE) == AT_ONCE) {
                pause = Duration.ZERO;
            }
        } catch (RuntimeException trouble) {
            // Everything is still in the outbox; how much waits there is measured.
            pause = AFTER_TROUBLE;
        } finally {
            turn.unlock();
        }
        schedule(pause);
    }

    @Override
    public CompletionStage<Void> ready() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (!isOver(TO_FINISH)) {
                next.cancel(true);
                isOver(TO_BREAK_OFF);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOver(Duration patience) throws InterruptedException {
        boolean over = turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (over) {
            turn.unlock();
        }
        return over;
    }
}
