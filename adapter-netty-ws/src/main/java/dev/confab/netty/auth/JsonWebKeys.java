package dev.confab.netty.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Public keys as a set of JSON Web Keys, RFC 7517 section 5 and RFC 7518 section 6. */
final class JsonWebKeys {

    private static final Set<String> ALGORITHMS = Set.of("", "RS256", "ES256");
    private static final Set<String> USES = Set.of("", "sig");

    private JsonWebKeys() {}

    static List<HostKeys.Key> read(String text) {
        try {
            JsonNode set = new JsonMapper().readTree(text);
            List<HostKeys.Key> keys = new ArrayList<>();
            for (JsonNode key : set.path("keys")) {
                if (isForTokens(key)) {
                    keys.add(HostKeys.key(key.path("kid").textValue(), publicKey(key)));
                }
            }
            return keys;
        } catch (JsonProcessingException | GeneralSecurityException e) {
            throw new IllegalArgumentException("expected " + HostKeys.EXPECTED, e);
        }
    }

    /** Sets hold keys for other purposes, too, and unknown kinds are to be left out (section 5). */
    private static boolean isForTokens(JsonNode key) {
        String kind = key.path("kty").asText();
        boolean known = kind.equals("RSA")
                || (kind.equals("EC") && key.path("crv").asText().equals("P-256"));
        return known
                && ALGORITHMS.contains(key.path("alg").asText())
                && USES.contains(key.path("use").asText());
    }

    private static PublicKey publicKey(JsonNode key) throws GeneralSecurityException {
        String kind = key.path("kty").asText();
        KeyFactory keys = KeyFactory.getInstance(kind);
        if (kind.equals("RSA")) {
            return keys.generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
        }
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return keys.generatePublic(new ECPublicKeySpec(
                new ECPoint(number(key, "x"), number(key, "y")), curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(JsonNode key, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(field).asText()));
    }
}
