package dev.confab.localstack;

/** The servers of the stack, in the order in which they stop last to first. Constants are thread-safe. */
public enum ServerName {
    POSTGRES("PostgreSQL", "postgres"),
    REDIS("Redis", "redis"),
    KAFKA("Kafka", "kafka");

    private final String displayName;
    private final String fileName;

    ServerName(String displayName, String fileName) {
        this.displayName = displayName;
        this.fileName = fileName;
    }

    /** The name to show to people, as its makers write it. */
    public String displayName() {
        return displayName;
    }

    /** The name used for files and folders below the data folder. */
    String fileName() {
        return fileName;
    }
}
