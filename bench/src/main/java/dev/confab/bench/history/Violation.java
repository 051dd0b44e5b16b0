package dev.confab.bench.history;

/** What can be wrong in a history. */
public enum Violation {
    /** Accepted, not in the final history, and neither rejected nor parked. */
    LOST("accepted and not stored"),
    /** Shown twice to one connection, or stored twice. */
    DUPLICATE("shown or stored twice"),
    /** Shown in another order than its place says, or ids that do not rise with the places. */
    REORDERED("not in order"),
    /** A place was left out and nobody said so. */
    SKIPPED("left out without a word"),
    /** Shown or stored, and nobody ever sent it, or not like this, or its send had failed for certain. */
    PHANTOM("never sent like this"),
    /** Accepted, and what became of it is told nowhere. */
    UNFINISHED("accepted, without an outcome"),
    /** Shown as something else than the final history has there. */
    DIVERGED("shown differently from what is stored"),
    /** The history says too little to tell; it does not count as held. */
    UNPROVED("cannot be told from this history");

    private final String meaning;

    Violation(String meaning) {
        this.meaning = meaning;
    }

    /** A few words for people. */
    public String meaning() {
        return meaning;
    }
}
