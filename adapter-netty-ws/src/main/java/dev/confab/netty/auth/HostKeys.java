package dev.confab.netty.auth;

import com.auth0.jwt.algorithms.Algorithm;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public keys by which a host product's tokens are known: RSA keys for RS256, P-256 keys for ES256 (RFC 7518 section
 * 3.1). Immutable; safe on any thread.
 */
public final class HostKeys {

    /** What {@link #parse} takes, for messages to operators. */
    public static final String EXPECTED =
            "PEM public keys or a JWKS, of RSA with at least 2048 bits (RS256)" + " or of the curve P-256 (ES256)";

    /** RFC 7518 section 3.3. */
    private static final int LEAST_RSA_BITS = 2_048;

    private static final int P256_BITS = 256;

    /**
     * One key.
     *
     * @param kid what tokens call it; null when it has no name
     */
    record Key(@Nullable String kid, Algorithm algorithm) {

        /** Whether a token may be signed with it: the algorithm decides about the key, RFC 8725 section 3.1. */
        boolean fits(@Nullable String algorithmName, @Nullable String keyId) {
            return algorithm.getName().equals(algorithmName) && (kid == null || keyId == null || kid.equals(keyId));
        }
    }

    private final List<Key> keys;

    private HostKeys(List<Key> keys) {
        this.keys = keys;
    }

    /**
     * Reads one or more public keys in PEM form (RFC 7468 section 13), or a set of JSON Web Keys (RFC 7517 section 5).
     * Keys of a set that are for something else are left out.
     *
     * @throws IllegalArgumentException when there is no key that can be used; the message says what is expected
     */
    public static HostKeys parse(String text) {
        List<Key> keys = text.stripLeading().startsWith("{") ? JsonWebKeys.read(text) : PemKeys.read(text);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("expected " + EXPECTED);
        }
        return new HostKeys(keys);
    }

    List<Key> keys() {
        return keys;
    }

    /** The key under that name. Throws IllegalArgumentException when it is too weak or of another kind. */
    static Key key(@Nullable String kid, PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa
            when rsa.getModulus().bitLength() >= LEAST_RSA_BITS -> new Key(kid, Algorithm.RSA256(rsa, null));
            case ECPublicKey ec
            when ec.getParams().getCurve().getField().getFieldSize() == P256_BITS ->
                new Key(kid, Algorithm.ECDSA256(ec, null));
            default -> throw new IllegalArgumentException("expected " + EXPECTED);
        };
    }

    @Override
    public String toString() {
        return "HostKeys[" + keys.size() + "]";
    }
}
