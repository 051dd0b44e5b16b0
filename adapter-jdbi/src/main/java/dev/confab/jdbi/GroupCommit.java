package dev.confab.jdbi;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests that come at the same time share one transaction: what arrives while one is under way waits for it and
 * then goes together. A request that comes alone waits for nothing. Safe on any thread; blocks.
 */
final class GroupCommit<Q, A> {

    private final int most;
    private final Function<List<Q>, List<A>> work;
    private final Queue<Pending<Q, A>> pending = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    private static final class Pending<Q, A> {
        final Q request;
        private @Nullable A answer;
        private @Nullable RuntimeException failure;
        private boolean done;

        Pending(Q request) {
            this.request = request;
        }

        void answered(A given) {
            answer = given;
            done = true;
        }

        void failed(RuntimeException why) {
            failure = why;
            done = true;
        }

        boolean isDone() {
            return done;
        }

        @SuppressWarnings("NullAway") // Either is there once it is done.
        A get() {
            if (failure != null) {
                throw failure;
            }
            return answer;
        }
    }

    /**
     * @param most how many requests go together at most
     * @param work answers requests, each in its place; what it throws is thrown to each of those who asked
     */
    GroupCommit(int most, Function<List<Q>, List<A>> work) {
        this.most = most;
        this.work = work;
    }

    A call(Q request) {
        Pending<Q, A> own = new Pending<>(request);
        pending.add(own);
        turn.lock();
        try {
            // Whoever has the turn works for all who wait; at most for those who came before, and then for itself.
            while (!own.isDone()) {
                runNext();
            }
        } finally {
            turn.unlock();
        }
        return own.get();
    }

    private void runNext() {
        List<Pending<Q, A>> group = new ArrayList<>();
        for (Pending<Q, A> next = pending.poll(); next != null; next = pending.poll()) {
            group.add(next);
            if (group.size() == most) {
                break;
            }
        }
        try {
            List<A> answers =
                    work.apply(group.stream().map(each -> each.request).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).answered(answers.get(i));
            }
        } catch (RuntimeException failure) {
            group.forEach(each -> each.failed(failure));
        } catch (Error fault) {
            group.forEach(each -> each.failed(new IllegalStateException("The group ended with a fault", fault)));
            throw fault;
        }
    }
}
