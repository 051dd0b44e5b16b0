package dev.confab.bootstrap.node;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of a gateway beside its event loops. */
final class Threads implements AutoCloseable {

    /** More than the database has connections for, since some calls wait for Redis or hash a password. */
    private static final int BLOCKING = 32;

    private static final int WAITING = 100_000;
    private static final int STOP_SECONDS = 2;

    private final ThreadPoolExecutor blocking;
    private final ScheduledExecutorService timer;

    Threads() {
        blocking = new ThreadPoolExecutor(
                BLOCKING,
                BLOCKING,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                named("confab-blocking-"));
        blocking.allowCoreThreadTimeOut(true);
        timer = Executors.newSingleThreadScheduledExecutor(named("confab-timer-"));
    }

    private static ThreadFactory named(String prefix) {
        return Thread.ofPlatform().daemon().name(prefix, 0).factory();
    }

    /** Runs calls that block; refuses when very many wait. */
    Executor blocking() {
        return blocking;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    @Override
    public void close() throws InterruptedException {
        timer.shutdownNow();
        blocking.shutdown();
        if (!blocking.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            blocking.shutdownNow();
        }
    }
}
