package dev.confab.netty.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.AccessTokens;
import dev.confab.testkit.AccessTokensContract;
import dev.confab.testkit.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tokens that were made by somebody else, or by us and bent. */
final class JwtAccessTokensTest implements AccessTokensContract {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.UTF_8);
    private static final Instant LATER = Instant.parse("2126-01-01T00:00:00Z");

    private final MutableClock clock = new MutableClock();
    private final AccessTokens tokens = new JwtAccessTokens(SECRET, clock);
    private final AccessTokens strangers = new JwtAccessTokens(OTHER, clock);

    @Override
    public AccessTokens tokens() {
        return tokens;
    }

    @Override
    public AccessTokens strangers() {
        return strangers;
    }

    @Override
    public MutableClock clock() {
        return clock;
    }

    private static JWTCreator.Builder token() {
        return JWT.create()
                .withSubject(UUID.randomUUID().toString())
                .withClaim("sid", UUID.randomUUID().toString())
                .withExpiresAt(LATER);
    }

    @Test
    void aSecretHasAtLeastThirtyTwoBytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JwtAccessTokens(new byte[31], clock))
                .withMessageContaining("32");
    }

    @Test
    void aTokenCarriesWhatTheStandardAsksFor() {
        AccessTokens.Claims claims = new AccessTokens.Claims(UserId.random(), SessionId.random(), LATER);
        var decoded = JWT.decode(tokens.issue(claims));

        assertThat(decoded.getAlgorithm()).isEqualTo("HS256");
        assertThat(decoded.getSubject()).isEqualTo(claims.userId().toString());
        assertThat(decoded.getClaim("sid").asString())
                .isEqualTo(claims.sessionId().toString());
        assertThat(decoded.getIssuedAtAsInstant()).isNotNull();
        assertThat(decoded.getExpiresAtAsInstant()).isEqualTo(LATER);
        assertThat(decoded.getId()).isNotEmpty();
    }

    @Test
    void onlyHs256IsTaken() {
        assertThat(tokens.verify(token().sign(Algorithm.HMAC256(SECRET)))).isPresent();
        for (Algorithm algorithm : List.of(Algorithm.none(), Algorithm.HMAC384(SECRET), Algorithm.HMAC512(SECRET))) {
            assertThat(tokens.verify(token().sign(algorithm)))
                    .as(algorithm.getName())
                    .isEmpty();
        }
    }

    @Test
    void aTokenThatDeniesItsAlgorithmIsWorthNothing() {
        String good = token().sign(Algorithm.HMAC256(SECRET));
        String payload = good.substring(good.indexOf('.'), good.lastIndexOf('.'));
        for (String header :
                List.of("{\"alg\":\"none\"}", "{\"alg\":\"NONE\"}", "{}", "{\"alg\":null}", "[]", "null")) {
            String bent =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
            assertThat(tokens.verify(bent + payload + ".")).isEmpty();
            assertThat(tokens.verify(bent + payload + good.substring(good.lastIndexOf('.'))))
                    .isEmpty();
        }
    }

    @Test
    void aTokenThatLacksAClaimIsWorthNothing() {
        Algorithm algorithm = Algorithm.HMAC256(SECRET);
        String user = UUID.randomUUID().toString();
        String login = UUID.randomUUID().toString();

        for (JWTCreator.Builder lacking : List.of(
                JWT.create(),
                JWT.create().withSubject(user).withExpiresAt(LATER),
                JWT.create().withClaim("sid", login).withExpiresAt(LATER),
                JWT.create().withSubject(user).withClaim("sid", login),
                JWT.create().withSubject("nobody").withClaim("sid", login).withExpiresAt(LATER),
                JWT.create().withSubject(user).withClaim("sid", 7).withExpiresAt(LATER),
                token().withNotBefore(LATER))) {
            assertThat(tokens.verify(lacking.sign(algorithm))).isEmpty();
        }
    }

    @Test
    void anExtensionThatMustBeUnderstoodIsNot() {
        String critical = token().withHeader(Map.of("crit", List.of("exp"))).sign(Algorithm.HMAC256(SECRET));

        assertThat(tokens.verify(critical)).isEmpty();
    }

    @Test
    void aServerWhoseClockIsAheadIsBelieved() {
        String early = token().withIssuedAt(clock.instant().plusSeconds(30)).sign(Algorithm.HMAC256(SECRET));

        assertThat(tokens.verify(early)).isPresent();
    }

    @Test
    void aSignatureHasOneForm() {
        String good = token().sign(Algorithm.HMAC256(SECRET));
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int good64 = alphabet.indexOf(good.charAt(good.length() - 1));

        for (int bits = 1; bits < 4; bits++) {
            String bent = good.substring(0, good.length() - 1) + alphabet.charAt(good64 ^ bits);
            assertThat(tokens.verify(bent)).isEmpty();
        }
    }
}
