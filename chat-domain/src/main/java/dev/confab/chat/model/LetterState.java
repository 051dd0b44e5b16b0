package dev.confab.chat.model;

import java.time.Instant;

/**
 * What an operator did with a dead letter. One without a state is open.
 *
 * @param at in milliseconds
 */
public record LetterState(Kind kind, Instant at) {

    /** What can be done. */
    public enum Kind {
        /** It was put back where it was. */
        REPLAYED,
        /** It was given up: what became of its command stays as it is. */
        DISCARDED
    }
}
