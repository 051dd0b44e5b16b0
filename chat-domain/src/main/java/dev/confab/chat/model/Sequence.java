package dev.confab.chat.model;

/**
 * A place in the one order of a room: 1, 2, 3 … without a hole (G3). {@link #NONE} (0) stands before the first.
 *
 * @param value 0 or greater
 */
public record Sequence(long value) implements Comparable<Sequence> {

    /** Before the first event of a room. */
    public static final Sequence NONE = new Sequence(0);

    public Sequence {
        if (value < 0) {
            throw new IllegalArgumentException("A sequence is 0 or greater, not " + value);
        }
    }

    /** The place that follows this one. */
    public Sequence next() {
        return new Sequence(value + 1);
    }

    /** Whether this place comes later than {@code other}. */
    public boolean isAfter(Sequence other) {
        return value > other.value;
    }

    @Override
    public int compareTo(Sequence other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
