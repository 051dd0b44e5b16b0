package dev.confab.chat.model;

import java.time.Instant;

/** A place in a list of bans: by the time they were made, then by the banned user's id. */
public record BanCursor(Instant createdAt, UserId id) {}
