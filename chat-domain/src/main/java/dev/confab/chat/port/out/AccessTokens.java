package dev.confab.chat.port.out;

import dev.confab.chat.model.HostUser;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes and reads the tokens that prove who calls (RFC 7519). Does not block; safe on any thread. */
public interface AccessTokens {

    /** Whether tokens can be issued here. When not, every user is a host product's. */
    boolean canIssue();

    /**
     * A signed token.
     *
     * @throws IllegalStateException when none {@linkplain #canIssue can be issued}
     */
    String issue(Claims claims);

    /** What a token says; empty when it is malformed, forged, expired or not for us. Never throws. */
    Optional<Claims> verify(String token);

    /**
     * What a token says.
     *
     * @param sessionId the login it belongs to ({@code sid})
     * @param expiresAt when it ends, exclusive; whole seconds
     * @param host what a host product says of a user of its own; null for users who registered here
     */
    record Claims(
            UserId userId,
            SessionId sessionId,
            Instant expiresAt,
            @Nullable HostUser host) {

        /** The claims of somebody who registered here. */
        public Claims(UserId userId, SessionId sessionId, Instant expiresAt) {
            this(userId, sessionId, expiresAt, null);
        }
    }
}
