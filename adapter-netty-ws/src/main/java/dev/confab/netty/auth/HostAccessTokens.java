package dev.confab.netty.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.auth0.jwt.interfaces.Verification;
import dev.confab.chat.model.HostUser;
import dev.confab.chat.model.NameUuid;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.AccessTokens;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens that a host product signs for its own users, by RS256 or ES256. A {@code sub} that is a UUID is the
 * user's id; any other is made one from the issuer and itself (UUID version 5), so that it stays the same for ever. The
 * login is {@code sid}, else {@code jti}, else the user. {@code name} is what the user is called at first. Safe on any
 * thread; does not block.
 */
final class HostAccessTokens implements AccessTokens {

    private static final int MAX_SUBJECT = 255;
    /** How far the host's clock may be ahead of ours, for {@code nbf}. */
    private static final long LEEWAY_SECONDS = 60;

    private final List<Candidate> candidates;
    private final Clock clock;

    private record Candidate(HostKeys.Key key, JWTVerifier verifier) {}

    HostAccessTokens(TokenSettings.Host settings, Clock clock) {
        this.candidates = settings.keys().keys().stream()
                .map(key -> new Candidate(key, verifier(key, settings, clock)))
                .toList();
        this.clock = clock;
    }

    private static JWTVerifier verifier(HostKeys.Key key, TokenSettings.Host settings, Clock clock) {
        Verification verification =
                JWT.require(key.algorithm()).ignoreIssuedAt().acceptNotBefore(LEEWAY_SECONDS);
        if (settings.issuer() != null) {
            verification.withIssuer(settings.issuer());
        }
        if (settings.audience() != null) {
            verification.withAnyOfAudience(settings.audience());
        }
        return ((JWTVerifier.BaseVerification) verification).build(clock);
    }

    @Override
    public boolean canIssue() {
        return false;
    }

    @Override
    public String issue(Claims claims) {
        throw new IllegalStateException("A host product issues the tokens");
    }

    @Override
    public Optional<Claims> verify(String token) {
        return decoded(token)
                .flatMap(shown -> candidates.stream()
                        .filter(candidate -> candidate.key().fits(shown.getAlgorithm(), shown.getKeyId()))
                        .flatMap(candidate -> SignedToken.verify(token, candidate.verifier(), clock).stream())
                        .findFirst())
                .flatMap(HostAccessTokens::claims);
    }

    /** What the token says, not yet believed. */
    private static Optional<DecodedJWT> decoded(String token) {
        if (token.length() > SignedToken.MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(JWT.decode(token));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Claims> claims(DecodedJWT token) {
        String subject = token.getSubject();
        if (subject == null || subject.isBlank() || subject.length() > MAX_SUBJECT) {
            return Optional.empty();
        }
        UUID space = space(token.getIssuer());
        UserId userId = UserId.parse(subject).orElseGet(() -> new UserId(NameUuid.of(space, subject)));
        if (userId.equals(UserId.NOBODY)) {
            return Optional.empty();
        }
        return Optional.of(new Claims(
                userId,
                sessionId(token, space, subject),
                token.getExpiresAtAsInstant(),
                HostUser.named(text(token.getClaim("name")), userId)));
    }

    private static UUID space(@Nullable String issuer) {
        String name = issuer == null ? "" : issuer;
        return UserId.parse(name).map(UserId::value).orElseGet(() -> NameUuid.of(NameUuid.URL, name));
    }

    private static SessionId sessionId(DecodedJWT token, UUID space, String subject) {
        String login = text(token.getClaim("sid"));
        if (login != null) {
            return SessionId.parse(login).orElseGet(() -> new SessionId(NameUuid.of(space, "sid:" + login)));
        }
        String tokenId = token.getId();
        return new SessionId(NameUuid.of(space, tokenId == null ? "sub:" + subject : "jti:" + tokenId));
    }

    private static @Nullable String text(Claim claim) {
        return claim.asString();
    }
}
