package dev.confab.netty.auth;

import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** What every kind of token has in common (RFC 7519). Stateless; safe on any thread. */
final class SignedToken {

    /** Longest token that is looked at, in characters. */
    static final int MAX_LENGTH = 8_192;

    private SignedToken() {}

    /** The token if its signature, form and time are good; empty for anything else. Never throws. */
    static Optional<DecodedJWT> verify(String token, JWTVerifier verifier, Clock clock) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(verifier.verify(token)).filter(verified -> isGood(verified, clock));
        } catch (RuntimeException e) {
            // Not only what the library promises to throw: a header that is "null" makes it stumble.
            return Optional.empty();
        }
    }

    private static boolean isGood(DecodedJWT token, Clock clock) {
        // An extension that must be understood is not (RFC 7515 section 4.1.11).
        boolean understood = token.getHeaderClaim("crit").isMissing();
        Instant expiresAt = token.getExpiresAtAsInstant();
        // "On or after" its expiry a token is not to be accepted (section 4.1.4); the library takes it for a second
        // more.
        return understood
                && isCanonical(token.getSignature())
                && expiresAt != null
                && clock.instant().isBefore(expiresAt);
    }

    /** The last character of base64 has bits that decoders ignore: one signature must not have several forms. */
    private static boolean isCanonical(String signature) {
        byte[] bytes = Base64.getUrlDecoder().decode(signature);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(signature);
    }
}
