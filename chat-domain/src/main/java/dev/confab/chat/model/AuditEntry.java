package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One act of a moderator, as the room's audit log keeps it.
 *
 * @param userId whom it was about; null for the room itself
 * @param messageId the message, for {@link AuditAction#MESSAGE_DELETED}
 * @param role the role that was given, or that the removed or banned had; null for who was no member
 * @param detail a ban's reason, or the names of the fields that were changed, with commas between them
 */
public record AuditEntry(
        RoomId roomId,
        AuditAction action,
        UserId by,
        @Nullable UserId userId,
        @Nullable MessageId messageId,
        @Nullable Role role,
        @Nullable String detail,
        Instant at) {}
