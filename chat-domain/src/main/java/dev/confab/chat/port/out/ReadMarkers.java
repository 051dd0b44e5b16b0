package dev.confab.chat.port.out;

import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far everybody has read. Markers only move forward; unread counts are derived from them and cannot drift (G8). All
 * calls block and may throw {@link StoreUnavailableException}; safe on any thread.
 */
public interface ReadMarkers {

    /** Moves somebody's marker to a message, unless it is there or beyond. */
    Marking mark(RoomId roomId, UserId userId, MessageId messageId, Instant now);

    /** What became of {@link #mark}. */
    sealed interface Marking {

        /**
         * The present state.
         *
         * @param moved whether this call changed it
         * @param lastReadMessageId null while nothing was read
         * @param readAt when the marker last moved; null while nothing was read
         */
        record Marked(
                boolean moved,
                @Nullable MessageId lastReadMessageId,
                Sequence lastReadSeq,
                @Nullable Instant readAt,
                long unreadCount)
                implements Marking {}

        /** Not a member, or no such room. */
        record NotAMember() implements Marking {}

        /** The room has no such message. */
        record MessageNotFound() implements Marking {}
    }

    /** Unread counts of all rooms somebody is in; rooms with none are included. */
    List<Unread> unread(UserId userId);

    /** How many messages of others somebody has not read in a room. */
    record Unread(RoomId roomId, long count) {}
}
