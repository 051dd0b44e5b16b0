package dev.confab.chat.model;

/**
 * Names one life of the store. Sequences of different epochs are not comparable: a store that was restored from a
 * copy or made anew has another epoch, and clients start over (G7).
 *
 * @param value opaque text, at most 200 characters
 */
public record Epoch(String value) {
    @Override
    public String toString() {
        return value;
    }
}
