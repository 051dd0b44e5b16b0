package dev.confab.chat.port.out;

import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.Optional;

/** Makes and reads the tokens that prove who calls (RFC 7519). Does not block; safe on any thread. */
public interface AccessTokens {

    /** A signed token. */
    String issue(Claims claims);

    /** What a token says; empty when it is malformed, forged, expired or not for us. Never throws. */
    Optional<Claims> verify(String token);

    /**
     * What a token says.
     *
     * @param sessionId the login it belongs to ({@code sid})
     * @param expiresAt when it ends, exclusive; whole seconds
     */
    record Claims(UserId userId, SessionId sessionId, Instant expiresAt) {}
}
