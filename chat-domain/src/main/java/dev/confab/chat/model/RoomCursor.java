package dev.confab.chat.model;

import java.time.Instant;

/** A place in a list of rooms to discover: the newest room first, then by id. */
public record RoomCursor(Instant createdAt, RoomId id) {}
