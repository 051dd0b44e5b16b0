package dev.confab.bootstrap.config;

import dev.confab.netty.auth.HostKeys;
import dev.confab.netty.auth.JwtAccessTokens;
import dev.confab.netty.auth.TokenSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads whose access tokens are taken: one's own, by a secret, and a host product's, by public keys. */
final class TokenReader {

    private static final String SECRET = "CONFAB_JWT_SECRET";
    private static final String KEYS = "CONFAB_JWT_PUBLIC_KEY_FILE";
    private static final String EXPECTED_SECRET =
            "a secret of at least " + JwtAccessTokens.MIN_SECRET_BYTES + " bytes that only your servers know";

    private TokenReader() {}

    static TokenSettings read(Settings settings) {
        TokenSettings.Host host = host(settings);
        return new TokenSettings(secret(settings, host != null || settings.find(KEYS) != null), host);
    }

    private static @Nullable String secret(Settings settings, boolean hasKeys) {
        String secret = settings.find(SECRET);
        if (secret == null) {
            if (!hasKeys) {
                settings.problem(SECRET, "nothing", EXPECTED_SECRET + ", or " + KEYS);
            }
            return null;
        }
        int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < JwtAccessTokens.MIN_SECRET_BYTES) {
            settings.problem(SECRET, "one of " + bytes + " bytes", EXPECTED_SECRET);
        }
        return secret;
    }

    private static TokenSettings.@Nullable Host host(Settings settings) {
        HostKeys keys = keys(settings);
        String issuer = ofHost(settings, "CONFAB_JWT_ISSUER");
        String audience = ofHost(settings, "CONFAB_JWT_AUDIENCE");
        return keys == null ? null : new TokenSettings.Host(keys, issuer, audience);
    }

    private static @Nullable HostKeys keys(Settings settings) {
        String name = settings.find(KEYS);
        if (name == null) {
            return null;
        }
        try {
            return HostKeys.parse(Files.readString(Path.of(name), StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException unreadable) {
            settings.problem(KEYS, Settings.quoted(name) + ", which cannot be read", "a file of " + HostKeys.EXPECTED);
        } catch (IllegalArgumentException otherContent) {
            settings.problem(KEYS, Settings.quoted(name) + " with other content", "a file of " + HostKeys.EXPECTED);
        }
        return null;
    }

    private static @Nullable String ofHost(Settings settings, String key) {
        String value = settings.find(key);
        if (value != null && settings.find(KEYS) == null) {
            settings.problem(key, Settings.quoted(value), "nothing without " + KEYS);
        }
        return value;
    }
}
