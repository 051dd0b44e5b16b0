package dev.confab.chat.inmemory;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another, in order, on a virtual thread that exists only while there is work: nothing has to be
 * closed. Safe on any thread.
 */
final class Lane implements Executor {

    private static final System.Logger LOG = System.getLogger(Lane.class.getName());

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    Lane(String name) {
        this.name = name;
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            waiting.add(task);
            if (!running) {
                running = true;
                Thread.ofVirtual().name(name).start(this::drain);
            }
        } finally {
            lock.unlock();
        }
    }

    private void drain() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                // One listener's fault must not silence the others.
                LOG.log(Level.WARNING, "A listener failed", e);
            }
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable task = waiting.poll();
            running = task != null;
            return task;
        } finally {
            lock.unlock();
        }
    }
}
