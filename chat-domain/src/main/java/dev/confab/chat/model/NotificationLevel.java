package dev.confab.chat.model;

/** Of which messages of a room a member wants to be told while away. */
public enum NotificationLevel {
    /** Of each. */
    ALL,
    /** Of those that mention him or her. */
    MENTIONS,
    /** Of none. */
    NONE
}
