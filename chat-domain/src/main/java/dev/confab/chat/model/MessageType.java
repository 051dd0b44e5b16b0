package dev.confab.chat.model;

/** What a message carries. */
public enum MessageType {
    /** Plain text. */
    TEXT,
    /** A URL, or a JSON descriptor inside the content. */
    IMAGE,
    /** Written by the server alone; has no sender. */
    SYSTEM
}
