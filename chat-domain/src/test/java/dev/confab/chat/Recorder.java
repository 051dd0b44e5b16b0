package dev.confab.chat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.port.in.LiveChat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One client: writes down what reaches it, in order, answers to its own requests included. */
final class Recorder implements LiveChat.Listener {

    private static final long PATIENCE_SECONDS = 20;

    private final Executor lane;
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private LiveChat.@Nullable Session session;
    private volatile CompletableFuture<Void> writable = CompletableFuture.completedFuture(null);

    Recorder(Executor lane) {
        this.lane = lane;
    }

    void begin(LiveChat.Session opened) {
        session = opened;
    }

    /** Asks to enter; the answer is heard in its place among the events. */
    Recorder ask(RoomId room, @Nullable Sequence lastSeq, @Nullable Epoch epoch) {
        LiveChat.Session live = Objects.requireNonNull(session);
        lane.execute(() -> live.join(new LiveChat.Resume(room, lastSeq, epoch)).thenAccept(heard::add));
        return this;
    }

    /** Enters a room and waits for the answer, leaving aside the events before it. */
    LiveChat.Entry enter(RoomId room) {
        ask(room, null, null);
        return entry(next(Result.class));
    }

    void leave(RoomId room) {
        LiveChat.Session live = Objects.requireNonNull(session);
        CompletableFuture<Void> done = new CompletableFuture<>();
        lane.execute(() -> live.leave(room).thenAccept(done::complete));
        done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    void typing(RoomId room, boolean isTyping) {
        LiveChat.Session live = Objects.requireNonNull(session);
        lane.execute(() -> live.typing(room, isTyping));
    }

    void close() {
        LiveChat.Session live = Objects.requireNonNull(session);
        lane.execute(live::close);
    }

    static LiveChat.Entry entry(Result<?> answer) {
        return switch (answer) {
            case Result.Ok<?> ok -> (LiveChat.Entry) ok.value();
            case Result.Refused<?> refused -> throw new AssertionError("Refused: " + refused.refusal());
        };
    }

    /** The next thing of that kind, leaving aside what comes before it. */
    <T> T next(Class<T> kind) {
        return next(kind, thing -> true);
    }

    <T> T next(Class<T> kind, Predicate<T> which) {
        while (true) {
            Object thing = nextThing();
            if (kind.isInstance(thing) && which.test(kind.cast(thing))) {
                return kind.cast(thing);
            }
        }
    }

    /** The next thing that is a message or an answer. */
    Object nextLasting() {
        while (true) {
            Object thing = nextThing();
            if (thing instanceof ChatEvent.Timeline || thing instanceof Result<?>) {
                return thing;
            }
        }
    }

    private Object nextThing() {
        try {
            Object thing = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (thing == null) {
                throw new AssertionError("Nothing more was heard");
            }
            return thing;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** The places of the next messages. */
    List<Long> nextSequences(int count) {
        List<Long> sequences = new ArrayList<>();
        while (sequences.size() < count) {
            sequences.add(next(ChatEvent.MessagePosted.class).seq().value());
        }
        return sequences;
    }

    /** Takes out all that was heard so far. */
    List<Object> drain() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        lane.execute(() -> settled.complete(null));
        settled.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        List<Object> all = new ArrayList<>();
        heard.drainTo(all);
        return all;
    }

    @Override
    public void onEvent(ChatEvent event) {
        heard.add(event);
    }

    @Override
    public void onFlush() {}

    @Override
    public CompletionStage<Void> whenWritable() {
        return writable;
    }

    /** From now on it takes no more than one piece of a replay. */
    void stopTaking() {
        writable = new CompletableFuture<>();
    }

    void takeAgain() {
        CompletableFuture<Void> stopped = writable;
        writable = CompletableFuture.completedFuture(null);
        lane.execute(() -> stopped.complete(null));
    }

    @Override
    public void onEnd(LiveChat.End reason) {
        heard.add(reason);
    }
}
