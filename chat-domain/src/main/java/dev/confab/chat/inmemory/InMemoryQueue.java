package dev.confab.chat.inmemory;

import dev.confab.chat.port.out.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be worked on by any of several workers, one batch at a time: it leaves the queue when its work is done,
 * and is handed over again when it failed or its worker ended. Holds on to nothing before its first worker came, and to
 * the newest {@value #BACKLOG} from then on.
 */
final class InMemoryQueue<T> {

    static final int BACKLOG = 100_000;

    private static final System.Logger LOG = System.getLogger(InMemoryQueue.class.getName());
    private static final int BATCH = 100;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
    private boolean everWorkedOn;
    private boolean busy;

    /** Something that waits, and since when, in the time of {@link System#nanoTime()}. */
    private record Waiting<T>(T item, long since) {}

    /** @param name of threads, and in logs */
    InMemoryQueue(String name) {
        this.name = name;
    }

    void append(List<T> items) {
        lock.lock();
        try {
            if (everWorkedOn) {
                long now = System.nanoTime();
                items.forEach(item -> waiting.add(new Waiting<>(item, now)));
                while (waiting.size() > BACKLOG && !busy) {
                    waiting.remove();
                }
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins to work.
     *
     * @param after how long each waits at least
     * @param work does the work of some, or throws to be handed them again
     */
    Subscription work(Duration after, Consumer<List<T>> work) {
        lock.lock();
        try {
            everWorkedOn = true;
        } finally {
            lock.unlock();
        }
        Worker worker = new Worker(after, work);
        worker.threads.start("confab-" + name, worker::run);
        return worker;
    }

    private final class Worker implements Subscription {

        private final Duration after;
        private final Consumer<List<T>> work;
        private final StoppableThreads threads = new StoppableThreads();
        private boolean closed;

        Worker(Duration after, Consumer<List<T>> work) {
            this.after = after;
            this.work = work;
        }

        @Override
        public CompletionStage<Void> ready() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            threads.stop();
        }

        private void run() {
            Duration backoff = FIRST_BACKOFF;
            try {
                for (List<T> batch = take(); batch != null; batch = take()) {
                    boolean done = attempt(batch);
                    settle(done ? batch.size() : 0);
                    backoff = done ? FIRST_BACKOFF : pause(backoff);
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean attempt(List<T> batch) {
            try {
                work.accept(batch);
                return true;
            } catch (RuntimeException | Error failure) {
                LOG.log(System.Logger.Level.WARNING, "Work on " + name + " failed and is tried again", failure);
                return false;
            }
        }

        /** Waits for what nobody works on and whose time has come. Null when the worker was closed. */
        private @Nullable List<T> take() throws InterruptedException {
            lock.lock();
            try {
                while (!closed) {
                    long left = busy || waiting.isEmpty() ? Long.MAX_VALUE : untilDue(waiting.peek());
                    if (left <= 0) {
                        busy = true;
                        return due();
                    }
                    long unused = changed.awaitNanos(left);
                }
                return null;
            } finally {
                lock.unlock();
            }
        }

        private List<T> due() {
            List<T> batch = new ArrayList<>();
            for (Waiting<T> next : waiting) {
                if (batch.size() == BATCH || untilDue(next) > 0) {
                    break;
                }
                batch.add(next.item());
            }
            return List.copyOf(batch);
        }

        private long untilDue(Waiting<T> next) {
            return after.toNanos() - (System.nanoTime() - next.since());
        }

        private void settle(int done) {
            lock.lock();
            try {
                for (int i = 0; i < done; i++) {
                    waiting.remove();
                }
                busy = false;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Waits unless it was closed; the next time longer. */
        private Duration pause(Duration time) throws InterruptedException {
            lock.lock();
            try {
                long left = time.toNanos();
                while (left > 0 && !closed) {
                    left = changed.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
            Duration next = time.multipliedBy(2);
            return next.compareTo(LONGEST_BACKOFF) < 0 ? next : LONGEST_BACKOFF;
        }
    }
}
