package dev.confab.chat.model;

import org.jspecify.annotations.Nullable;

/**
 * A room in somebody's list of rooms.
 *
 * @param unreadCount other people's messages after my marker, neither deleted nor {@link MessageType#SYSTEM} (G8)
 * @param lastMessage the newest message, null while there is none
 */
public record RoomSummary(
        Room room,
        long unreadCount,
        Sequence lastReadSeq,
        Role myRole,
        @Nullable Message lastMessage) {}
