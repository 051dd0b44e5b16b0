package dev.confab.netty.auth;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Public keys in PEM form, RFC 7468 section 13. */
final class PemKeys {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (?<label>[A-Z0-9 ]+)-----(?<base64>[^-]*)-----END \\k<label>-----");

    private static final List<String> KINDS = List.of("RSA", "EC");

    private PemKeys() {}

    static List<HostKeys.Key> read(String text) {
        return BLOCK.matcher(text).results().map(PemKeys::key).toList();
    }

    private static HostKeys.Key key(MatchResult block) {
        if (!block.group(1).equals("PUBLIC KEY")) {
            throw new IllegalArgumentException("expected " + HostKeys.EXPECTED);
        }
        byte[] encoded = Base64.getMimeDecoder().decode(block.group(2));
        for (String kind : KINDS) {
            try {
                PublicKey key = KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded));
                return HostKeys.key(null, key);
            } catch (InvalidKeySpecException another) {
                // The encoding names the kind of the key; the next one may be it.
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has " + kind, e);
            }
        }
        throw new IllegalArgumentException("expected " + HostKeys.EXPECTED);
    }
}
