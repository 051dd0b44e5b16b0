package dev.confab.kafka;

/**
 * A topic has another number of partitions than this program was set up for. The partition of a room would change, and
 * with it the order of what is in it, so nothing starts.
 */
public final class PartitionCountException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final int found;
    private final int expected;

    PartitionCountException(String topic, int found, int expected) {
        super("Topic " + topic + " has " + found + " partitions, expected " + expected
                + ": set the number that it has, or use another topic prefix; partitions are never added in place");
        this.topic = topic;
        this.found = found;
        this.expected = expected;
    }

    /** The topic's whole name. */
    public String topic() {
        return topic;
    }

    /** How many partitions it has. */
    public int found() {
        return found;
    }

    /** How many partitions it should have. */
    public int expected() {
        return expected;
    }
}
