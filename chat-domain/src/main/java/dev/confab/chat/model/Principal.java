package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as an access token proved it.
 *
 * @param sessionId the login
 * @param expiresAt when the proof ends, exclusive
 * @param host what a host product says of a user of its own; null for users who registered here
 */
public record Principal(
        UserId userId,
        SessionId sessionId,
        Instant expiresAt,
        @Nullable HostUser host) {

    /** Somebody who registered here. */
    public Principal(UserId userId, SessionId sessionId, Instant expiresAt) {
        this(userId, sessionId, expiresAt, null);
    }

    /** Somebody whom the program around this library has authenticated by itself; the proof does not end. */
    public static Principal trusted(UserId userId) {
        return new Principal(userId, SessionId.random(), Instant.MAX);
    }
}
