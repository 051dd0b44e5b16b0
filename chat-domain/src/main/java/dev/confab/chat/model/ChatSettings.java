package dev.confab.chat.model;

import java.time.Duration;

/**
 * What an operator may choose.
 *
 * @param accessTokenTtl how long an access token lasts, whole seconds
 * @param refreshTokenTtl how long a refresh token lasts
 * @param sessionsPerUser live connections of one user on one server; the oldest goes
 * @param presenceGrace how long a user may be gone without anybody being told (G9)
 * @param admission how many are let in at the same time
 */
public record ChatSettings(
        Duration accessTokenTtl,
        Duration refreshTokenTtl,
        int sessionsPerUser,
        Duration presenceGrace,
        AdmissionSettings admission) {

    /** With the usual admission. */
    public ChatSettings(
            Duration accessTokenTtl, Duration refreshTokenTtl, int sessionsPerUser, Duration presenceGrace) {
        this(accessTokenTtl, refreshTokenTtl, sessionsPerUser, presenceGrace, AdmissionSettings.defaults());
    }

    /** One day, 30 days, 20 connections, 5 s. */
    public static ChatSettings defaults() {
        return new ChatSettings(Duration.ofDays(1), Duration.ofDays(30), 20, Duration.ofSeconds(5));
    }
}
