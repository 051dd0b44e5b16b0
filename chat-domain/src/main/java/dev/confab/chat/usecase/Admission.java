package dev.confab.chat.usecase;

import dev.confab.chat.model.AdmissionSettings;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What those who come ask of the stores, a bounded number at a time, so that thousands who come back together leave
 * threads and connections to those who are there. Who was let in goes before who still waits: the first to come are in
 * their rooms before the last are known. Safe on any thread; does not block.
 */
final class Admission {

    private final Background background;
    private final AdmissionSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Turn<?>> within = new ArrayDeque<>();
    private final Queue<Turn<?>> outside = new ArrayDeque<>();
    private int underWay;

    private record Turn<T>(Supplier<T> blockingCall, CompletableFuture<T> answer) {

        @SuppressWarnings("CatchingUnchecked") // whatever it is, who asked must learn of it
        void take() {
            try {
                answer.complete(blockingCall.get());
            } catch (Throwable thrown) {
                answer.completeExceptionally(thrown);
            }
        }
    }

    Admission(Background background, AdmissionSettings settings) {
        this.background = background;
        this.settings = settings;
    }

    /** Runs a call that blocks for somebody who comes; empty when too many wait already. */
    <T> Optional<CompletionStage<T>> letIn(Supplier<T> blockingCall) {
        Turn<T> turn = new Turn<>(blockingCall, new CompletableFuture<>());
        lock.lock();
        try {
            if (underWay >= settings.atOnce() && outside.size() >= settings.waiting()) {
                return Optional.empty();
            }
            outside.add(turn);
        } finally {
            lock.unlock();
        }
        begin();
        return Optional.of(turn.answer());
    }

    /** Runs a call that blocks for somebody who was let in. Each is to wait for one before asking for the next. */
    <T> CompletionStage<T> goOn(Supplier<T> blockingCall) {
        Turn<T> turn = new Turn<>(blockingCall, new CompletableFuture<>());
        lock.lock();
        try {
            within.add(turn);
        } finally {
            lock.unlock();
        }
        begin();
        return turn.answer();
    }

    private void begin() {
        for (Turn<?> turn = next(); turn != null; turn = next()) {
            Turn<?> begun = turn;
            background.call(() -> take(begun)).whenComplete((taken, noThread) -> {
                if (noThread != null) {
                    ended();
                    begun.answer().completeExceptionally(noThread);
                }
            });
        }
    }

    private boolean take(Turn<?> turn) {
        turn.take();
        ended();
        begin();
        return true;
    }

    private @Nullable Turn<?> next() {
        lock.lock();
        try {
            if (underWay >= settings.atOnce()) {
                return null;
            }
            Turn<?> turn = within.isEmpty() ? outside.poll() : within.poll();
            if (turn != null) {
                underWay++;
            }
            return turn;
        } finally {
            lock.unlock();
        }
    }

    private void ended() {
        lock.lock();
        try {
            underWay--;
        } finally {
            lock.unlock();
        }
    }
}
