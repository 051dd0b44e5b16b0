package dev.confab.chat.model;

import java.time.Instant;

/** A place in a list of members: by the time they joined, then by id. */
public record MemberCursor(Instant joinedAt, UserId id) {}
