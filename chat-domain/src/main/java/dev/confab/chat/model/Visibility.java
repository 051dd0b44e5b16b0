package dev.confab.chat.model;

/** Who may find and join a room. */
public enum Visibility {
    /** Anybody. */
    PUBLIC,
    /** Members only; to everybody else it does not exist. */
    PRIVATE
}
