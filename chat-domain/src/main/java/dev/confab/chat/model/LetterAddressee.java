package dev.confab.chat.model;

import org.jspecify.annotations.Nullable;

/**
 * Whose command a dead letter was.
 *
 * @param messageId the message that it was to change; null for a send
 */
public record LetterAddressee(
        RoomId roomId,
        UserId senderId,
        ClientMessageId commandId,
        @Nullable MessageId messageId) {}
