package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something a user, or the server, wants to happen in a room's timeline. It is accepted when the command log holds it (G1), and ends as
 * stored, rejected or parked (G6).
 */
public sealed interface Command {

    /** The room whose order it enters; commands of one room keep the order in which they were submitted. */
    RoomId roomId();

    /** Who wants it; {@link UserId#NOBODY} where it is the server. */
    UserId senderId();

    /** Names the command for its sender and room, so that a repeat is recognised. */
    ClientMessageId commandId();

    /** Follows it through logs and records. */
    TraceId traceId();

    /**
     * A message to be stored.
     *
     * @param clientMessageId the sender's name for it
     * @param replyTo the message it answers, which must be in the same room
     * @param acceptedAt when the gateway took it; informative, the order never depends on it
     */
    record Post(
            RoomId roomId,
            UserId senderId,
            ClientMessageId clientMessageId,
            MessageBody body,
            @Nullable MessageId replyTo,
            Instant acceptedAt,
            TraceId traceId)
            implements Command {
        @Override
        public ClientMessageId commandId() {
            return clientMessageId;
        }
    }

    /**
     * A message of the server, which needs no member to send it and is stored in a closed room, too: that the room was
     * closed is itself announced. It has no sender, mentions nobody and is not counted as unread.
     *
     * @param commandId the same each time the same is announced
     * @param acceptedAt when it happened; informative, the order never depends on it
     */
    record Announce(RoomId roomId, ClientMessageId commandId, String content, Instant acceptedAt, TraceId traceId)
            implements Command {
        @Override
        public UserId senderId() {
            return UserId.NOBODY;
        }
    }

    /** A stored message to be changed; the change takes a place of its own in the room's order. */
    sealed interface Change extends Command {

        /** The message to be changed. */
        MessageId messageId();

        /** When the gateway took it; informative, the order never depends on it. */
        Instant acceptedAt();
    }

    /**
     * A message to be given another content, by its author.
     *
     * @param content as in {@link MessageBody}
     */
    record Edit(
            RoomId roomId,
            UserId senderId,
            ClientMessageId commandId,
            MessageId messageId,
            String content,
            Instant acceptedAt,
            TraceId traceId)
            implements Change {}

    /** A message to be deleted, by its author or by an {@link Role#ADMIN} and above. */
    record Delete(
            RoomId roomId,
            UserId senderId,
            ClientMessageId commandId,
            MessageId messageId,
            Instant acceptedAt,
            TraceId traceId)
            implements Change {}
}
