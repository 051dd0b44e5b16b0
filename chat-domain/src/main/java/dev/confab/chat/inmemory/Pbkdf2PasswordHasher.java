package dev.confab.chat.inmemory;

import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.PasswordHasher;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 with HMAC-SHA-512 (RFC 8018 section 5.2), which the JDK brings along. Passwords enter as UTF-8, of any length.
 * The text form is that of the Password Hashing Competition:
 * {@code $pbkdf2-sha512$i=<iterations>$<salt>$<hash>}, the last two in base64 without padding.
 *
 * <p>Safe on any thread.
 */
public final class Pbkdf2PasswordHasher implements PasswordHasher {

    /** OWASP's advice for PBKDF2 with HMAC-SHA-512: about 0.3 s of one core, once the JVM has warmed up. */
    public static final int DEFAULT_ITERATIONS = 210_000;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final String NAME = "pbkdf2-sha512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MAX_ITERATIONS = 10_000_000;

    private final RandomGenerator random;
    private final int iterations;

    /**
     * A hasher with {@link #DEFAULT_ITERATIONS}.
     *
     * @param random makes salts; safe on any thread
     */
    public Pbkdf2PasswordHasher(RandomGenerator random) {
        this(random, DEFAULT_ITERATIONS);
    }

    /**
     * A hasher with a chosen cost.
     *
     * @param random makes salts; safe on any thread
     * @param iterations 1 to 10,000,000; few only where nothing is at stake, as in tests
     */
    public Pbkdf2PasswordHasher(RandomGenerator random, int iterations) {
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("1 to " + MAX_ITERATIONS + " iterations, not " + iterations);
        }
        this.random = random;
        this.iterations = iterations;
    }

    @Override
    public PasswordHash hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return new PasswordHash("$" + NAME + "$i=" + iterations + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(derive(password, salt, iterations)));
    }

    /** {@inheritDoc} A hash that another kind of hasher made matches nothing. */
    @Override
    public boolean matches(String password, PasswordHash hash) {
        String[] parts = hash.encoded().split("\\$", -1);
        if (parts.length != 5 || !parts[0].isEmpty() || !parts[1].equals(NAME) || !parts[2].startsWith("i=")) {
            return false;
        }
        try {
            int cost = Integer.parseInt(parts[2].substring(2));
            byte[] salt = Base64.getDecoder().decode(parts[3]);
            byte[] expected = Base64.getDecoder().decode(parts[4]);
            return cost >= 1
                    && cost <= MAX_ITERATIONS
                    && salt.length > 0
                    && MessageDigest.isEqual(expected, derive(password, salt, cost));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK lacks " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
        }
    }
}
