package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that somebody has not read and is to be told of where he or she is: on a telephone, by mail.
 *
 * @param userId who is to be told
 * @param roomName null for a room of two
 * @param senderId who wrote the message, never {@code userId}
 * @param preview the beginning of a text, at most {@value #PREVIEW} code points and an ellipsis where more follows; null
 *     for other types
 * @param mentioned whether the message mentions {@code userId}
 * @param createdAt when the message was stored
 * @param traceId of the message
 */
public record Notification(
        UserId userId,
        RoomId roomId,
        @Nullable String roomName,
        MessageId messageId,
        Sequence seq,
        UserId senderId,
        String senderName,
        MessageType type,
        @Nullable String preview,
        boolean mentioned,
        Instant createdAt,
        TraceId traceId) {

    /** Code points of a preview, without the ellipsis. */
    public static final int PREVIEW = 140;

    /** The same for the same message and user. */
    public NotificationId id() {
        return NotificationId.of(messageId, userId);
    }

    /** The beginning of a text. */
    public static String previewOf(String text) {
        return text.codePointCount(0, text.length()) <= PREVIEW
                ? text
                : text.substring(0, text.offsetByCodePoints(0, PREVIEW)) + "…";
    }
}
