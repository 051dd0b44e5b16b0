package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.AccessTokens;
import dev.confab.chat.port.out.AccessTokens.Claims;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AccessTokens} does. An adapter's test says how to build two of them with different secrets and the
 * same clock; all methods answer the same instance throughout one test.
 */
public interface AccessTokensContract {

    /** The tokens under test. */
    AccessTokens tokens();

    /** Tokens of somebody else. */
    AccessTokens strangers();

    /** The clock of both. */
    MutableClock clock();

    private Claims inAnHour() {
        Instant end = clock().instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        return new Claims(UserId.random(), SessionId.random(), end);
    }

    @Test
    default void aTokenSaysWhatItWasIssuedFor() {
        Claims kim = inAnHour();
        Claims lee = inAnHour();
        String tokenOfKim = tokens().issue(kim);
        String tokenOfLee = tokens().issue(lee);

        assertThat(tokens().verify(tokenOfKim)).contains(kim);
        assertThat(tokens().verify(tokenOfLee)).contains(lee);
        assertThat(tokens().verify(tokenOfKim)).contains(kim);
    }

    @Test
    default void aTokenTravelsInAHeaderAndInAQuery() {
        assertThat(tokens().issue(inAnHour())).matches("[A-Za-z0-9._~-]+").hasSizeLessThan(2_000);
    }

    @Test
    default void aTokenEndsAtItsExpiryAndNotBefore() {
        Claims claims = inAnHour();
        String token = tokens().issue(claims);

        clock().set(claims.expiresAt().minusMillis(1));
        assertThat(tokens().verify(token)).contains(claims);
        // RFC 7519 section 4.1.4: "on or after" the time it is not to be accepted.
        clock().set(claims.expiresAt());
        assertThat(tokens().verify(token)).isEmpty();
        clock().advance(Duration.ofDays(1));
        assertThat(tokens().verify(token)).isEmpty();
    }

    @Test
    default void whatWasIssuedLaterOutlivesWhatExpired() {
        tokens().issue(inAnHour());
        clock().advance(Duration.ofMinutes(59));
        Claims later = inAnHour();
        String token = tokens().issue(later);
        clock().advance(Duration.ofMinutes(30));
        tokens().issue(inAnHour());

        assertThat(tokens().verify(token)).contains(later);
    }

    @Test
    default void aStrangersTokenIsWorthNothing() {
        String theirs = strangers().issue(inAnHour());

        assertThat(strangers().verify(theirs)).isPresent();
        assertThat(tokens().verify(theirs)).isEmpty();
    }

    @Test
    default void aTokenThatWasTouchedIsWorthNothing() {
        String token = tokens().issue(inAnHour());
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'Q' : 'A';
            String touched = token.substring(0, i) + other + token.substring(i + 1);
            // The last character of a base64 part may carry bits that mean nothing; all others count.
            boolean endOfPart = i == token.length() - 1 || token.charAt(i + 1) == '.';
            if (!endOfPart) {
                assertThat(tokens().verify(touched)).as("position %d", i).isEmpty();
            }
        }
        assertThat(tokens().verify(token.substring(1))).isEmpty();
        assertThat(tokens().verify(token + "A")).isEmpty();
        assertThat(tokens().verify(token.substring(0, token.length() / 2))).isEmpty();
    }

    @Test
    default void nonsenseIsWorthNothing() {
        // The last three: {"alg":"none"} and {"sub":"…"} without a signature, dots alone, and an endless text.
        for (String nonsense : List.of(
                "",
                " ",
                "null",
                "Bearer",
                "\u0000",
                "\ud800",
                "한국어",
                "{}",
                "e30.e30.e30",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJlNGUzMGU2Ni0zZjA1LTQ2YmItOWQ3ZS0wMGU5OTNkYjAwMDEifQ.",
                "..",
                "a".repeat(100_000))) {
            assertThat(tokens().verify(nonsense)).isEmpty();
        }
    }
}
