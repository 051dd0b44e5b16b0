package dev.confab.bootstrap.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Says that a request comes from who knows the secret, and when it was made. The header {@value #TIMESTAMP} has the
 * seconds since 1970, {@value #SIGNATURE} has {@code v1=} and the hexadecimal HMAC-SHA256 (RFC 2104) of that text, a full
 * stop and the body, byte by byte. Safe on any thread.
 */
public final class WebhookSignature {

    /** The shortest secret. */
    public static final int MIN_SECRET_BYTES = 32;

    /** The header with the time. */
    public static final String TIMESTAMP = "X-Confab-Timestamp";

    /** The header with the signature. */
    public static final String SIGNATURE = "X-Confab-Signature";

    /** A request that is older, or as much newer, is taken for a repeat by somebody else. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String VERSION = "v1=";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param secret known to both sides */
    public WebhookSignature(String secret) {
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** What {@value #TIMESTAMP} says of a moment. */
    public static String timestamp(Instant now) {
        return Long.toString(now.getEpochSecond());
    }

    /** What {@value #SIGNATURE} says of a body that is sent at that time. */
    public String sign(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return VERSION + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    /** Whether both headers are there, fit the body, and are not older than {@link #TOLERANCE}. */
    public boolean verify(@Nullable String timestamp, @Nullable String signature, byte[] body, Instant now) {
        if (timestamp == null || signature == null || !timestamp.matches("\\d{1,12}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        // Compared in the same time wherever they differ, so that nobody can guess a signature step by step.
        boolean fits = MessageDigest.isEqual(
                sign(timestamp, body).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
        return fits && age.abs().compareTo(TOLERANCE) <= 0;
    }
}
