package dev.confab.chat.model;

/** What a moderator did. The names are kept in stores and shown to clients: never rename one. */
public enum AuditAction {
    /** Gave somebody another role. */
    ROLE_CHANGED,
    /** Took somebody out of the room. */
    MEMBER_REMOVED,
    /** Banned somebody, or changed a ban. */
    MEMBER_BANNED,
    /** Lifted a ban. */
    BAN_LIFTED,
    /** Changed the room's name, visibility, capacity or metadata. */
    ROOM_UPDATED,
    /** Closed the room. */
    ROOM_CLOSED,
    /** Deleted somebody else's message. */
    MESSAGE_DELETED
}
