package dev.confab.netty.auth;

import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as Argon2id hashes (RFC 9106) in the PHC string format, which carries its own cost: a hash made at another
 * cost still matches. Passwords are brought to Unicode form NFC first (RFC 8265 section 4.2), because keyboards disagree
 * about how to write é or 한. Safe on any thread; blocks while enough others are at it.
 */
public final class Argon2PasswordHasher implements PasswordHasher {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final Argon2Settings settings;
    private final RandomGenerator random;
    private final Semaphore atOnce;

    /**
     * @param random makes salts; cryptographically strong outside tests
     */
    public Argon2PasswordHasher(Argon2Settings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        this.atOnce = new Semaphore(settings.atOnce(), true);
    }

    @Override
    public PasswordHash hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = derive(password, salt, settings.memoryKib(), settings.passes(), settings.lanes(), HASH_BYTES);
        return new PasswordHash(
                new PhcString(settings.memoryKib(), settings.passes(), settings.lanes(), salt, hash).encode());
    }

    @Override
    public boolean matches(String password, PasswordHash hash) {
        Optional<PhcString> read = PhcString.parse(hash.encoded());
        if (read.isEmpty()) {
            return false;
        }
        PhcString known = read.get();
        byte[] derived =
                derive(password, known.salt(), known.memoryKib(), known.passes(), known.lanes(), known.hash().length);
        return MessageDigest.isEqual(derived, known.hash());
    }

    private byte[] derive(String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        byte[] bytes = Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
        byte[] derived = new byte[length];
        atOnce.acquireUninterruptibly();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memoryKib)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            generator.generateBytes(bytes, derived);
            return derived;
        } finally {
            atOnce.release();
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
