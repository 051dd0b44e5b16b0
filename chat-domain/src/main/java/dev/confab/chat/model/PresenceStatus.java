package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody is there (G9).
 *
 * @param lastSeenAt when the last sign of life was seen; null when never or not known
 */
public record PresenceStatus(State state, @Nullable Instant lastSeenAt) {

    /** The answer while the presence store is away (G10). */
    public static final PresenceStatus UNKNOWN = new PresenceStatus(State.UNKNOWN, null);

    /** Online, offline, or not to be told at the moment. */
    public enum State {
        /** At least one connection lives. */
        ONLINE,
        /** None does. */
        OFFLINE,
        /** The presence store is away. */
        UNKNOWN
    }
}
