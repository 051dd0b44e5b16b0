package dev.confab.chat.model;

/**
 * A place in a room's audit log.
 *
 * @param position rises with each entry of a store; not without holes
 */
public record AuditCursor(long position) {}
