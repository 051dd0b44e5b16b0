package dev.confab.chat.port.out;

import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Logins and their refresh tokens (OAuth 2.0 Security BCP, RFC 9700 section 4.14.2: rotation with reuse detection). Only
 * hashes of tokens are kept. All calls block and may throw {@link StoreUnavailableException}; safe on any thread.
 */
public interface LoginStore {

    /** Begins a login with its first refresh token. */
    void begin(SessionId sessionId, UserId userId, TokenHash token, Instant expiresAt);

    /**
     * Spends {@code spent} and puts {@code next} in its place, atomically: of two who spend the same token at once one
     * is {@link Rotation.Reused}. Reuse ends the whole login.
     */
    Rotation rotate(TokenHash spent, TokenHash next, Instant nextExpiresAt, Instant now);

    /** Ends the login that the token belongs to, whether it was spent or not; empty when the token is not known. */
    Optional<SessionId> end(TokenHash token);

    /**
     * The SHA-256 of a refresh token.
     *
     * @param hex 64 lower-case hexadecimal digits
     */
    record TokenHash(String hex) {}

    /** What became of a rotation. */
    sealed interface Rotation {
        /** Done. */
        record Rotated(SessionId sessionId, UserId userId) implements Rotation {}

        /** The token had been spent before: somebody has a copy. The login was ended. */
        record Reused(SessionId sessionId) implements Rotation {}

        /** Unknown, expired or ended. */
        record Refused() implements Rotation {}
    }
}
