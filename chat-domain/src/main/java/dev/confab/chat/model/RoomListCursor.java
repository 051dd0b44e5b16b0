package dev.confab.chat.model;

import java.time.Instant;

/** A place in a list of rooms: latest activity first, then by id. */
public record RoomListCursor(Instant lastActivity, RoomId id) {}
