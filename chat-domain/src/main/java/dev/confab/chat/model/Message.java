package dev.confab.chat.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored message.
 *
 * @param seq its place in the room's order, kept for ever
 * @param senderId null for {@link MessageType#SYSTEM}
 * @param senderName the sender's nickname; null for {@link MessageType#SYSTEM}
 * @param content null once the message was deleted
 * @param replyTo the message it answers
 * @param mentions who is meant by {@code @nickname}; nobody once the message was deleted
 * @param createdAt the moment in {@code id}
 */
public record Message(
        MessageId id,
        Sequence seq,
        RoomId roomId,
        @Nullable UserId senderId,
        @Nullable String senderName,
        ClientMessageId clientMessageId,
        MessageType type,
        @Nullable String content,
        @Nullable MessageId replyTo,
        List<UserId> mentions,
        Instant createdAt,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt) {}
