package dev.confab.netty.auth;

import org.jspecify.annotations.Nullable;

/**
 * Whose access tokens are taken; at least one of the two.
 *
 * @param secret signs and proves tokens of users who register here, at least {@link JwtAccessTokens#MIN_SECRET_BYTES}
 *     bytes of UTF-8; null when nobody registers here
 * @param host proves tokens of a host product's users; null when there are none
 */
public record TokenSettings(
        @Nullable String secret, @Nullable Host host) {

    /**
     * A host product that brings its own users.
     *
     * @param issuer what {@code iss} must be; null: anything
     * @param audience what {@code aud} must name; null: anything
     */
    public record Host(
            HostKeys keys,
            @Nullable String issuer,
            @Nullable String audience) {}

    /** Hides the secret from logs. */
    @Override
    public String toString() {
        return "TokenSettings[" + (secret == null ? "no secret" : "a secret") + ", " + host + "]";
    }
}
