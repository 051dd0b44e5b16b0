package dev.confab.chat.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a dead letter: its place in the dead-letter log, which never changes.
 *
 * @param partition 0 or greater
 * @param offset 0 or greater
 */
public record LetterId(int partition, long offset) implements Comparable<LetterId> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})-(\\d{1,18})");

    /** Reads what {@link #toString()} wrote; empty for anything else. */
    public static Optional<LetterId> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new LetterId(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /** By partition, within it by age. */
    @Override
    public int compareTo(LetterId other) {
        int byPartition = Integer.compare(partition, other.partition);
        return byPartition != 0 ? byPartition : Long.compare(offset, other.offset);
    }

    /** For example {@code 0-17}. */
    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
