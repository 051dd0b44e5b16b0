package dev.confab.chat.usecase;

import dev.confab.chat.port.out.LoginStore.TokenHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes refresh tokens and their hashes. The token itself is shown once and never kept. */
final class RefreshTokens {

    private static final int BYTES = 32;

    private RefreshTokens() {}

    /** 256 random bits in base64url without padding (RFC 4648 section 5). */
    static String create(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 of the token. A plain hash is enough for 256 random bits: there is nothing to guess. */
    static TokenHash hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return new TokenHash(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
