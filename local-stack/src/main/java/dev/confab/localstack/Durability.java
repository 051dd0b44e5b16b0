package dev.confab.localstack;

/** What the data has to survive. Redis holds nothing that lasts in any of these. */
public enum Durability {
    /**
     * The kill of a server, as all of these do, and nothing more: PostgreSQL runs without fsync, and {@link
     * LocalStack#close()} kills the servers in place of stopping them. The broker starts faster and does less per second.
     * For tests only.
     */
    DISPOSABLE,

    /**
     * The end of any process, also by kill -9. PostgreSQL writes through to the disk before it commits (fsync and
     * synchronous_commit on), so it survives a power cut too; Kafka leaves its records to the page cache of the
     * operating system, as it does by default everywhere, and one broker has no replica: a power cut may take the last
     * seconds of records that were acknowledged and not yet stored.
     */
    STANDARD,

    /** A power cut as well: Kafka, too, writes each record through to the disk before it acknowledges it. */
    POWER_CUT
}
