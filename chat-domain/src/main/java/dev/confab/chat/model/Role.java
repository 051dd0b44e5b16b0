package dev.confab.chat.model;

/** A member's rank, lowest first. */
public enum Role {
    /** Reads and writes. */
    MEMBER,
    /** Also moderates. */
    ADMIN,
    /** Also closes the room and hands out roles; one per open room. */
    OWNER
}
