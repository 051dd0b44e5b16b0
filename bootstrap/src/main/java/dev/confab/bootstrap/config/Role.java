package dev.confab.bootstrap.config;

/** What a process does. Any number of processes may have each role, together or apart. */
public enum Role {
    /** Talks to clients. */
    GATEWAY,
    /** Stores what gateways accepted. */
    WORKER,
    /** Tells people of what they have not read. */
    NOTIFIER
}
