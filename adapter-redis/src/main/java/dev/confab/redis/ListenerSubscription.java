package dev.confab.redis;

import dev.confab.chat.port.out.Subscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One listener that hears until it is closed. Safe on any thread, and may be closed by its own listener. */
final class ListenerSubscription<T> implements Subscription {

    private static final long CLOSE_SECONDS = 5;

    private final Consumer<T> listener;
    private final Runnable onClose;
    private final ReentrantLock calling = new ReentrantLock();
    private volatile boolean closed;

    ListenerSubscription(Consumer<T> listener, Consumer<ListenerSubscription<T>> onClose) {
        this.listener = listener;
        this.onClose = () -> onClose.accept(this);
    }

    void tell(T news) {
        calling.lock();
        try {
            if (!closed) {
                listener.accept(news);
            }
        } finally {
            calling.unlock();
        }
    }

    @Override
    public CompletionStage<Void> ready() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        closed = true;
        onClose.run();
        try {
            if (calling.tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                calling.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
