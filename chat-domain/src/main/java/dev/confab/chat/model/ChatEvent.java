package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened in a room and is told to people. */
public sealed interface ChatEvent {

    /** Where it happened. */
    RoomId roomId();

    /** What lasts: has a place in the room's order, and is shown only after it was stored (G4). */
    sealed interface Timeline extends ChatEvent {
        /** Its place in the room's order. */
        Sequence seq();

        /** The message as it now is. */
        Message message();

        /** Whose doing it is; all that user's sessions see it. Null for the server. */
        default @Nullable UserId actor() {
            return message().senderId();
        }
    }

    /** A message was stored. */
    record MessagePosted(Message message) implements Timeline {
        @Override
        public RoomId roomId() {
            return message.roomId();
        }

        @Override
        public Sequence seq() {
            return message.seq();
        }
    }

    /**
     * A message was edited.
     *
     * @param message as it now is, which a later change may have made
     * @param changeSeq the place of the edit itself in the room's order
     * @param changedBy who edited
     */
    record MessageEdited(Message message, Sequence changeSeq, UserId changedBy) implements Timeline {
        @Override
        public RoomId roomId() {
            return message.roomId();
        }

        @Override
        public Sequence seq() {
            return changeSeq;
        }

        @Override
        public UserId actor() {
            return changedBy;
        }
    }

    /**
     * A message was deleted.
     *
     * @param message what is left of it
     * @param changeSeq the place of the deletion itself in the room's order
     * @param changedBy who deleted, the author or somebody of rank
     */
    record MessageDeleted(Message message, Sequence changeSeq, UserId changedBy) implements Timeline {
        @Override
        public RoomId roomId() {
            return message.roomId();
        }

        @Override
        public Sequence seq() {
            return changeSeq;
        }

        @Override
        public UserId actor() {
            return changedBy;
        }
    }

    /**
     * An accepted command was refused or parked; told to its sender's sessions alone.
     *
     * @param messageId the message that it was to change; null for a send
     */
    record CommandRejected(
            RoomId roomId,
            UserId senderId,
            ClientMessageId commandId,
            @Nullable MessageId messageId,
            Rejection reason) implements ChatEvent {

        /** A refused send. */
        public CommandRejected(RoomId roomId, UserId senderId, ClientMessageId commandId, Rejection reason) {
            this(roomId, senderId, commandId, null, reason);
        }
    }

    /** Somebody's read marker moved forward. */
    record ReadMarked(RoomId roomId, UserId userId, MessageId lastReadMessageId, Sequence lastReadSeq, Instant readAt)
            implements ChatEvent {}

    /**
     * Something happened to the room or to somebody's place in it. What is about a place is told to the room and to all
     * sessions of whom it is about, in the room or not; what is about the room is told as {@link RoomShown}.
     *
     * @param id the same each time the same change is told
     */
    record RoomChanged(ChangeId id, RoomChange change) implements ChatEvent {
        @Override
        public RoomId roomId() {
            return change.roomId();
        }
    }

    /**
     * How a room is after it was changed or closed. Made where it is told, and never published.
     *
     * @param closed whether it was closed, not changed
     */
    record RoomShown(Room room, boolean closed) implements ChatEvent {
        @Override
        public RoomId roomId() {
            return room.id();
        }
    }

    /** What passes: no order, no store, may be lost or dropped. */
    sealed interface Ephemeral extends ChatEvent {
        /** Whom it is about. */
        UserId userId();
    }

    /** Somebody began or stopped typing. {@code origin} is the typing connection, which is not told. */
    record Typing(RoomId roomId, UserId userId, String userName, boolean isTyping, ConnectionId origin)
            implements Ephemeral {}

    /** Who is there, and who no longer; not told in rooms of more than 100 members, where it can be asked for. */
    sealed interface Coming extends Ephemeral {}

    /** A user's first connection entered the live room. */
    record UserJoined(RoomId roomId, UserId userId, String userName) implements Coming {}

    /** A user's last connection left the live room. */
    record UserLeft(RoomId roomId, UserId userId, String userName) implements Coming {}

    /** A user who is or was live in the room went online or offline. */
    record PresenceChanged(RoomId roomId, UserId userId, PresenceStatus status) implements Coming {}
}
