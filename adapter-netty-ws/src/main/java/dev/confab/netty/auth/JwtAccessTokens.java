package dev.confab.netty.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.AccessTokens;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens as JSON Web Tokens (RFC 7519), signed with HMAC SHA-256 (HS256, RFC 7518 section 3.2) and with nothing
 * else: what algorithm a token names decides nothing (RFC 8725 section 3.1). Claims: {@code sub} the user, {@code sid}
 * the login, {@code iat}, {@code exp}, {@code jti}. Safe on any thread; does not block.
 */
public final class JwtAccessTokens implements AccessTokens {

    /** Shortest secret: as long as the hash, RFC 7518 section 3.2. */
    public static final int MIN_SECRET_BYTES = 32;

    private static final String SESSION = "sid";

    private final Algorithm algorithm;
    private final JWTVerifier verifier;
    private final Clock clock;

    /**
     * @param secret at least {@link #MIN_SECRET_BYTES} bytes
     * @throws IllegalArgumentException when the secret is shorter
     */
    public JwtAccessTokens(byte[] secret, Clock clock) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "The secret has " + secret.length + " bytes, at least " + MIN_SECRET_BYTES + " are needed");
        }
        this.algorithm = Algorithm.HMAC256(secret.clone());
        this.clock = clock;
        // Servers whose clocks differ a little must take each other's tokens from the first moment on.
        JWTVerifier.BaseVerification verification =
                (JWTVerifier.BaseVerification) JWT.require(algorithm).ignoreIssuedAt();
        this.verifier = verification.build(clock);
    }

    @Override
    public boolean canIssue() {
        return true;
    }

    @Override
    public String issue(Claims claims) {
        return JWT.create()
                .withSubject(claims.userId().toString())
                .withClaim(SESSION, claims.sessionId().toString())
                .withIssuedAt(clock.instant())
                .withExpiresAt(claims.expiresAt())
                .withJWTId(UUID.randomUUID().toString())
                .sign(algorithm);
    }

    @Override
    public Optional<Claims> verify(String token) {
        return SignedToken.verify(token, verifier, clock).flatMap(JwtAccessTokens::claims);
    }

    private static Optional<Claims> claims(DecodedJWT token) {
        Optional<UserId> userId = parsed(token.getSubject()).map(UserId::new);
        Optional<SessionId> sessionId =
                parsed(token.getClaim(SESSION).asString()).map(SessionId::new);
        return userId.isEmpty() || sessionId.isEmpty()
                ? Optional.empty()
                : Optional.of(new Claims(userId.get(), sessionId.get(), token.getExpiresAtAsInstant()));
    }

    private static Optional<UUID> parsed(@Nullable String text) {
        return text == null ? Optional.empty() : UserId.parse(text).map(UserId::value);
    }
}
