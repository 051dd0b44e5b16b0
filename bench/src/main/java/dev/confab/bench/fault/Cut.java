package dev.confab.bench.fault;

/** What may be wrong with a link. */
public enum Cut {
    /** All connections are reset, and so are new ones. */
    DROP("connections reset"),
    /** Nothing arrives on either side, and nothing is lost: it arrives when the cut is healed. New connections wait. */
    SILENCE("nothing passes"),
    /**
     * What clients say arrives, and no answer does; those who opened a connection before its end find it broken then. What
     * was asked for is done, and nobody learns of it.
     */
    LOST_ANSWERS("answers are lost"),
    /** Everything arrives late, {@link #DELAY_MILLIS} for each piece and direction. */
    SLOW("200 ms late");

    static final long DELAY_MILLIS = 200;

    private final String words;

    Cut(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
