package dev.confab.chat.model;

/** How many messages of others somebody has not read in a room. */
public record Unread(RoomId roomId, long count) {}
