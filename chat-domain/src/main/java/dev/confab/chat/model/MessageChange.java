package dev.confab.chat.model;

/** What can be done to a message once it is stored. */
public enum MessageChange {
    /** Its content was replaced. */
    EDIT,
    /** Its content was taken away; its place in the order stays. */
    DELETE
}
