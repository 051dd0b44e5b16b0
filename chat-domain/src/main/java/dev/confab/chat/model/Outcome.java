package dev.confab.chat.model;

/** What became of a command. */
public sealed interface Outcome {

    /** It was stored. */
    record Persisted(Message message) implements Outcome {}

    /**
     * It changed a message.
     *
     * @param message the message as it now is, which a later change may have made
     * @param changeSeq the place of the change itself in the room's order
     */
    record Changed(Message message, MessageChange change, Sequence changeSeq) implements Outcome {}

    /** It was refused, or parked ({@link Rejection#PARKED}). */
    record Rejected(Rejection reason) implements Outcome {}
}
