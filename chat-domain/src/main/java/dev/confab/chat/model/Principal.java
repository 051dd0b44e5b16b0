package dev.confab.chat.model;

import java.time.Instant;

/**
 * Who asks, as an access token proved it.
 *
 * @param sessionId the login
 * @param expiresAt when the proof ends, exclusive
 */
public record Principal(UserId userId, SessionId sessionId, Instant expiresAt) {}
