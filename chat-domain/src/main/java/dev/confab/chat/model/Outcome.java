package dev.confab.chat.model;

/** What became of a command. */
public sealed interface Outcome {

    /** It was stored. */
    record Persisted(Message message) implements Outcome {}

    /** It was refused, or parked ({@link Rejection#PARKED}). */
    record Rejected(Rejection reason) implements Outcome {}
}
