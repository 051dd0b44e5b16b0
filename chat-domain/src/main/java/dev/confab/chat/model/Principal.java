package dev.confab.chat.model;

import java.time.Instant;

/**
 * Who asks, as an access token proved it.
 *
 * @param sessionId the login
 * @param expiresAt when the proof ends, exclusive
 */
public record Principal(UserId userId, SessionId sessionId, Instant expiresAt) {

    /** Somebody whom the program around this library has authenticated by itself; the proof does not end. */
    public static Principal trusted(UserId userId) {
        return new Principal(userId, SessionId.random(), Instant.MAX);
    }
}
