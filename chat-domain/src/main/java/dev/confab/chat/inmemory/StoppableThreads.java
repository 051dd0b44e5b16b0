package dev.confab.chat.inmemory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The virtual threads of one subscription, which end by themselves once they are told. */
final class StoppableThreads {

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    void start(String name, Runnable work) {
        threads.add(Thread.ofVirtual().name(name).start(work));
    }

    /**
     * Waits until all have ended, and interrupts those that do not; 5 s at most. A thread that stops its own
     * subscription from a call-back is not waited for.
     */
    void stop() {
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (Thread thread : threads) {
                join(thread, deadline);
            }
            threads.forEach(this::interrupt);
            deadline = System.nanoTime() + AFTER_INTERRUPT.toNanos();
            for (Thread thread : threads) {
                join(thread, deadline);
            }
        } catch (InterruptedException hurry) {
            threads.forEach(this::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    private void interrupt(Thread thread) {
        if (!thread.equals(Thread.currentThread())) {
            thread.interrupt();
        }
    }

    private static void join(Thread thread, long deadline) throws InterruptedException {
        if (!thread.equals(Thread.currentThread())) {
            thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }
}
