package dev.confab.chat.model;

/** Why a record was parked, in a word (G11). */
public enum LetterCause {
    /** It could not be read. */
    UNREADABLE,
    /** The store refused it for what is in it, alone and more than once. */
    REFUSED,
    /** It was a notification, and whoever delivers those gave it up. */
    UNDELIVERED
}
