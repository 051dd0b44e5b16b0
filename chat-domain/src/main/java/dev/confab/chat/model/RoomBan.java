package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is kept out of a room.
 *
 * @param reason for people; null when none was given
 * @param until when it ends by itself; null: never
 */
public record RoomBan(
        RoomId roomId,
        UserId userId,
        @Nullable String reason,
        @Nullable Instant until,
        UserId bannedBy,
        Instant createdAt) {

    /** Whether it still keeps somebody out. */
    public boolean holdsAt(Instant now) {
        return until == null || now.isBefore(until);
    }
}
