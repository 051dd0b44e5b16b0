package dev.confab.chat.port.in;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Live conversations: what happens in rooms, told as it happens. Does not block; safe on an event loop. */
public interface LiveChat {

    /** The present life of the store, as {@code connected} tells it. */
    Epoch epoch();

    /**
     * Opens a session for one connection. The user is online until it is closed.
     *
     * @param userName the nickname to show to others
     * @param lane runs one task at a time, in order (an event loop): every call to the listener and every completion of
     *     a stage of this session happens on it. Sessions that share a lane are served by one task for each event.
     */
    Session open(Principal principal, String userName, ConnectionId connectionId, Executor lane, Listener listener);

    /**
     * One connection's live conversation. Methods are safe on any thread, do not block, and never throw; what one thread
     * asks for takes effect in that order.
     */
    interface Session {

        /**
         * Enters a room, whose later events then reach the listener. With a place to resume from, missed events come
         * first, then the stage completes, then live events follow without a hole or a repeat (G7). Entering again is
         * allowed, and resumes again. Refused with ROOM_NOT_FOUND, NOT_A_MEMBER or UNAVAILABLE.
         */
        CompletionStage<Result<Entry>> join(Resume room);

        /** Enters several rooms at once, at most {@code MAX_JOIN_ROOMS}; answers in the same order. */
        CompletionStage<List<Result<Entry>>> joinAll(List<Resume> rooms);

        /** Leaves a room's live conversation; membership stays. Does nothing when not in it. */
        CompletionStage<Void> leave(RoomId roomId);

        /** Tells the others in a room that the user types or stopped. Ignored when not in it. */
        void typing(RoomId roomId, boolean isTyping);

        /** The same user proved himself or herself anew; from now on the end of that login ends the session (G14). */
        void renew(Principal principal);

        /** The connection ended. Idempotent. */
        void close();
    }

    /**
     * Where to begin.
     *
     * @param lastSeq the highest place seen; null: from now on
     * @param epoch the life of the store in which it was seen; null: the present one
     */
    record Resume(
            RoomId roomId,
            @Nullable Sequence lastSeq,
            @Nullable Epoch epoch) {

        /** No matter what was before. */
        public static Resume fromNow(RoomId roomId) {
            return new Resume(roomId, null, null);
        }
    }

    /**
     * How a room was entered.
     *
     * @param seq where live events begin: they follow this place
     * @param recovered whether every missed event was told
     * @param gap what was missed and not told, to be fetched page by page; null when there is none
     * @param reset whether the place to resume from means nothing any more: start over
     */
    record Entry(
            RoomId roomId,
            Sequence seq,
            Epoch epoch,
            boolean recovered,
            @Nullable Gap gap,
            boolean reset) {}

    /**
     * Both ends inclusive.
     *
     * @param purged whether its beginning was deleted for good
     */
    record Gap(Sequence from, Sequence to, boolean purged) {}

    /** Hears what reaches one session, on its lane. Must not block or throw. */
    @FunctionalInterface
    interface Listener {

        /**
         * An event. The same instances, up to 16 in turn, reach the sessions of a lane one after another, so that each
         * can be encoded once. Need not be written out before {@link #onFlush()}.
         */
        void onEvent(ChatEvent event);

        /**
         * An event that was missed, told before the join is answered. Unlike a live one it must not be left out; more
         * than {@link #whenWritable()} allows do not come.
         */
        default void onReplay(ChatEvent.Timeline event) {
            onEvent(event);
        }

        /** No more events for the moment. */
        default void onFlush() {}

        /** Completes, on the lane, once the listener can take more replayed events; at once when it can now. */
        default CompletionStage<Void> whenWritable() {
            return CompletableFuture.completedFuture(null);
        }

        /** The session is over and the listener hears nothing more; the connection is to be closed. */
        default void onEnd(End reason) {}
    }

    /** Why the server ends a session. */
    enum End {
        /** The login was ended. */
        LOGGED_OUT,
        /** The user opened more connections than allowed, and this is the oldest. */
        TOO_MANY_SESSIONS,
        /** The store was restored: every place a client remembers is void. */
        STORE_RESET
    }
}
