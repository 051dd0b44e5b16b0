package dev.confab.chat.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A room as everybody in it sees it.
 *
 * @param name 1 to 100 code points; null for {@link RoomType#DIRECT}
 * @param bookingId the host product's booking, for {@link RoomType#BOOKING}
 * @param capacity the most members it takes; null: no limit
 * @param metadata free-form JSON object of the creator: strings, numbers, booleans, lists and maps
 * @param memberCount members now
 * @param lastSeq the head of the room's order
 * @param lastMessageId the newest message; null while there is none
 * @param memberVersion rises with every change of membership or status (G14)
 * @param pair whom it is for, for {@link RoomType#DIRECT}
 */
public record Room(
        RoomId id,
        @Nullable String name,
        RoomType type,
        Visibility visibility,
        RoomStatus status,
        @Nullable String bookingId,
        @Nullable Integer capacity,
        Map<String, @Nullable Object> metadata,
        UserId createdBy,
        Instant createdAt,
        int memberCount,
        Sequence lastSeq,
        @Nullable MessageId lastMessageId,
        @Nullable Instant lastMessageAt,
        long memberVersion,
        @Nullable DirectPair pair) {}
