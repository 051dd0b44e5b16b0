package dev.confab.netty.auth;

import static dev.confab.netty.auth.HostKeyPairs.EC;
import static dev.confab.netty.auth.HostKeyPairs.RSA;
import static dev.confab.netty.auth.HostKeyPairs.es256;
import static dev.confab.netty.auth.HostKeyPairs.pem;
import static dev.confab.netty.auth.HostKeyPairs.rs256;
import static dev.confab.netty.auth.HostKeyPairs.tokenOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.confab.chat.model.HostUser;
import dev.confab.chat.model.NameUuid;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.AccessTokens;
import dev.confab.chat.port.out.AccessTokens.Claims;
import dev.confab.testkit.MutableClock;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tokens of an identity provider whose public keys are known. */
final class HostAccessTokensTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final MutableClock clock = new MutableClock();
    private final AccessTokens tokens = tokens(pem(RSA.getPublic()) + pem(EC.getPublic()));

    private AccessTokens tokens(String keys) {
        return TokensOfBoth.of(
                new TokenSettings(null, new TokenSettings.Host(HostKeys.parse(keys), null, null)), clock);
    }

    @Test
    void bothAlgorithmsAreTaken() {
        UUID kim = UUID.randomUUID();

        for (Algorithm algorithm : List.of(rs256(RSA), es256(EC))) {
            Claims claims = tokens.verify(
                            tokenOf(kim.toString()).withClaim("name", "Kim 🙂").sign(algorithm))
                    .orElseThrow();
            assertThat(claims.userId()).isEqualTo(new UserId(kim));
            assertThat(claims.host()).isEqualTo(new HostUser("Kim 🙂"));
            assertThat(claims.expiresAt()).isEqualTo(Instant.parse("2099-12-31T00:00:00Z"));
        }
    }

    @Test
    void aSubjectThatIsNoUuidBecomesOneOfVersionFiveThatStays() {
        UserId kim = user(tokenOf("auth0|5f7c").sign(rs256(RSA)));

        assertThat(kim.value().version()).isEqualTo(5);
        assertThat(kim.value().variant()).isEqualTo(2);
        assertThat(kim.value())
                .isEqualTo(NameUuid.of(NameUuid.of(NameUuid.URL, "https://id.example.com"), "auth0|5f7c"));
        assertThat(user(tokenOf("auth0|5f7c").sign(es256(EC)))).isEqualTo(kim);
        assertThat(user(tokenOf("auth0|5f7d").sign(rs256(RSA)))).isNotEqualTo(kim);
        assertThat(user(tokenOf("auth0|5f7c")
                        .withIssuer("https://other.example")
                        .sign(rs256(RSA))))
                .isNotEqualTo(kim);
    }

    private UserId user(String token) {
        return tokens.verify(token).orElseThrow().userId();
    }

    /** The example of RFC 9562 appendix A.4. */
    @Test
    void namesBecomeTheUuidsOfTheStandard() {
        UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

        assertThat(NameUuid.of(dns, "www.example.com"))
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    }

    @Test
    void theLoginIsTheHostsSessionElseTheToken() {
        UUID login = UUID.randomUUID();

        assertThat(session("sid", login.toString())).isEqualTo(new SessionId(login));
        assertThat(session("sid", "s-1")).isEqualTo(session("sid", "s-1")).isNotEqualTo(session("sid", "s-2"));
        assertThat(session("jti", "t-1")).isEqualTo(session("jti", "t-1")).isNotEqualTo(session("jti", "t-2"));
        assertThat(session("x", "1")).isEqualTo(session("x", "2"));
    }

    private SessionId session(String claim, String value) {
        return tokens.verify(tokenOf("kim").withClaim(claim, value).sign(rs256(RSA)))
                .orElseThrow()
                .sessionId();
    }

    @Test
    void aNameThatIsNoNicknameIsMadeOne() {
        UserId id = UserId.random();
        String fallback = "user-" + id.toString().substring(0, 8);

        assertThat(HostUser.named(null, id).nickname()).isEqualTo(fallback);
        assertThat(HostUser.named(" \u00a0 ", id).nickname()).isEqualTo(fallback);
        assertThat(HostUser.named(" Kim\0 \ud800", id).nickname()).isEqualTo("Kim");
        assertThat(HostUser.named("🙂".repeat(41), id).nickname()).isEqualTo("🙂".repeat(40));
    }

    @Test
    void strangersAndForgersAreRefused() {
        String user = UUID.randomUUID().toString();
        KeyPair strangers = HostKeyPairs.rsa(2_048);
        String publicKey = pem(RSA.getPublic());

        for (Algorithm algorithm : List.of(
                rs256(strangers),
                es256(HostKeyPairs.ec("secp256r1")),
                Algorithm.none(),
                Algorithm.RSA512(
                        (RSAPublicKey) RSA.getPublic(), (java.security.interfaces.RSAPrivateKey) RSA.getPrivate()),
                // The public key as if it were a secret: the classic mistake.
                Algorithm.HMAC256(publicKey),
                Algorithm.HMAC256(RSA.getPublic().getEncoded()))) {
            assertThat(tokens.verify(tokenOf(user).sign(algorithm)))
                    .as(algorithm.getName())
                    .isEmpty();
        }
        for (String nonsense : List.of("", "a.b.c", "null", "e30.e30.e30", "x".repeat(100_000))) {
            assertThat(tokens.verify(nonsense)).isEmpty();
        }
    }

    @Test
    void aTokenWithoutAUserOrAnEndIsRefused() {
        assertThat(tokens.verify(JWT.create().withSubject("kim").sign(rs256(RSA))))
                .isEmpty();
        assertThat(tokens.verify(JWT.create()
                        .withExpiresAt(Instant.parse("2099-01-01T00:00:00Z"))
                        .sign(rs256(RSA))))
                .isEmpty();
        assertThat(tokens.verify(tokenOf(" ").sign(rs256(RSA)))).isEmpty();
        assertThat(tokens.verify(tokenOf("k".repeat(256)).sign(rs256(RSA)))).isEmpty();
        assertThat(tokens.verify(tokenOf(UserId.NOBODY.toString()).sign(rs256(RSA))))
                .as("the server itself")
                .isEmpty();
    }

    @Test
    void aTokenEndsAtItsExpiryAndBeginsWithALittleLeeway() {
        Instant end = clock.instant().plusSeconds(60);
        String token = tokenOf("kim").withExpiresAt(end).sign(rs256(RSA));
        assertThat(tokens.verify(token)).isPresent();

        clock.set(end);

        assertThat(tokens.verify(token)).isEmpty();
        assertThat(tokens.verify(
                        tokenOf("kim").withNotBefore(end.plusSeconds(30)).sign(rs256(RSA))))
                .isPresent();
        assertThat(tokens.verify(
                        tokenOf("kim").withNotBefore(end.plusSeconds(90)).sign(rs256(RSA))))
                .isEmpty();
    }

    @Test
    void issuerAndAudienceAreHeldToWhatIsConfigured() {
        HostKeys keys = HostKeys.parse(pem(RSA.getPublic()));
        AccessTokens strict = TokensOfBoth.of(
                new TokenSettings(null, new TokenSettings.Host(keys, "https://id.example.com", "chat")), clock);

        assertThat(strict.verify(tokenOf("kim").withAudience("shop", "chat").sign(rs256(RSA))))
                .isPresent();
        assertThat(strict.verify(tokenOf("kim").withAudience("shop").sign(rs256(RSA))))
                .isEmpty();
        assertThat(strict.verify(tokenOf("kim").sign(rs256(RSA)))).isEmpty();
        assertThat(strict.verify(tokenOf("kim")
                        .withIssuer("https://id.example.org")
                        .withAudience("chat")
                        .sign(rs256(RSA))))
                .isEmpty();
    }

    @Test
    void theKeysOfAWebKeySetAreToldApartByTheirNames() {
        KeyPair next = HostKeyPairs.rsa(2_048);
        AccessTokens both = tokens("{\"keys\":[" + jwk("now", RSA) + "," + jwk("next", next) + ","
                + "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"ec\",\"x\":\""
                + number(((ECPublicKey) EC.getPublic()).getW().getAffineX()) + "\",\"y\":\""
                + number(((ECPublicKey) EC.getPublic()).getW().getAffineY()) + "\"},"
                + "{\"kty\":\"oct\",\"k\":\"AAAA\"},{\"kty\":\"RSA\",\"use\":\"enc\"}]}");

        assertThat(both.verify(tokenOf("kim").withKeyId("now").sign(rs256(RSA))))
                .isPresent();
        assertThat(both.verify(tokenOf("kim").withKeyId("next").sign(rs256(next))))
                .isPresent();
        assertThat(both.verify(tokenOf("kim").sign(rs256(next)))).isPresent();
        assertThat(both.verify(tokenOf("kim").withKeyId("ec").sign(es256(EC)))).isPresent();
        assertThat(both.verify(tokenOf("kim").withKeyId("now").sign(rs256(next))))
                .isEmpty();
        assertThat(both.verify(tokenOf("kim").withKeyId("old").sign(rs256(RSA))))
                .isEmpty();
    }

    private static String jwk(String kid, KeyPair pair) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"" + kid + "\",\"n\":\""
                + number(key.getModulus()) + "\",\"e\":\"" + number(key.getPublicExponent()) + "\"}";
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] unsigned = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }

    @Test
    void keysThatAreWeakOrNoneAreNotTaken() {
        for (String unusable : List.of(
                "",
                "no key",
                "{}",
                "{\"keys\":[]}",
                "{\"keys\":[{\"kty\":\"RSA\"}]}",
                "{broken",
                pem(HostKeyPairs.rsa(1_024).getPublic()),
                pem(HostKeyPairs.ec("secp384r1").getPublic()),
                pem(RSA.getPublic()).replace("PUBLIC", "PRIVATE"),
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")) {
            assertThatIllegalArgumentException()
                    .as(unusable)
                    .isThrownBy(() -> HostKeys.parse(unusable))
                    .withMessageStartingWith("expected ");
        }
    }

    @Test
    void onesOwnTokensAndTheHostsAreTakenSideBySide() {
        AccessTokens both = TokensOfBoth.of(
                new TokenSettings(SECRET, new TokenSettings.Host(HostKeys.parse(pem(RSA.getPublic())), null, null)),
                clock);
        Claims kim =
                new Claims(UserId.random(), SessionId.random(), clock.instant().plusSeconds(60));

        assertThat(both.canIssue()).isTrue();
        assertThat(both.verify(both.issue(kim))).contains(kim);
        assertThat(both.verify(tokenOf("lee").sign(rs256(RSA))).map(Claims::host))
                .isPresent();
        assertThat(both.verify(tokenOf("lee").sign(Algorithm.HMAC256(SECRET.getBytes(StandardCharsets.UTF_8)))))
                .isEmpty();
    }

    @Test
    void whoHasNoSecretIssuesNothing() {
        assertThat(tokens.canIssue()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> tokens.issue(new Claims(
                        UserId.random(), SessionId.random(), clock.instant().plusSeconds(60))));
        assertThatIllegalArgumentException().isThrownBy(() -> TokensOfBoth.of(new TokenSettings(null, null), clock));
        assertThat(Optional.of(new TokenSettings(SECRET, null).toString()))
                .hasValueSatisfying(text -> assertThat(text).doesNotContain(SECRET));
    }
}
