package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's place in a room.
 *
 * @param nickname the member's present nickname
 * @param lastReadMessageId the read marker; null while nothing was read
 * @param lastReadSeq the read marker's place in the room's order
 */
public record Membership(
        RoomId roomId,
        UserId userId,
        String nickname,
        Role role,
        Instant joinedAt,
        @Nullable MessageId lastReadMessageId,
        Sequence lastReadSeq) {}
