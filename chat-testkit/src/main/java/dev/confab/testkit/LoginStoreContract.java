package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.LoginStore;
import dev.confab.chat.port.out.LoginStore.Rotation;
import dev.confab.chat.port.out.LoginStore.TokenHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LoginStore} does. An adapter's test implements {@link #stores()}, which answers the same fixture
 * throughout one test.
 */
public interface LoginStoreContract {

    /** The stores under test. */
    StoreFixture stores();

    /** A login with its first token. */
    record Begun(SessionId sessionId, User user, TokenHash token) {}

    private static TokenHash token() {
        byte[] bytes = new byte[32];
        Samples.RANDOM.nextBytes(bytes);
        return new TokenHash(HexFormat.of().formatHex(bytes));
    }

    private Instant now() {
        return stores().clock().instant();
    }

    private Instant inAnHour() {
        return now().plus(Duration.ofHours(1));
    }

    private Begun begin(User user) {
        Begun begun = new Begun(SessionId.random(), user, token());
        stores().logins().begin(begun.sessionId(), user.id(), begun.token(), inAnHour());
        return begun;
    }

    private Begun begin() {
        return begin(new StoreScene(stores()).user("Kim"));
    }

    private Rotation rotate(TokenHash spent, TokenHash next) {
        return stores().logins().rotate(spent, next, inAnHour(), now());
    }

    @Test
    default void aTokenIsRotatedAsOftenAsItIsFresh() {
        Begun login = begin();
        TokenHash present = login.token();
        for (int i = 0; i < 5; i++) {
            TokenHash next = token();
            assertThat(rotate(present, next))
                    .isEqualTo(
                            new Rotation.Rotated(login.sessionId(), login.user().id()));
            present = next;
        }
    }

    @Test
    default void anUnknownTokenIsRefused() {
        assertThat(rotate(token(), token())).isEqualTo(new Rotation.Refused());
        assertThat(stores().logins().end(token())).isEmpty();
    }

    @Test
    default void aSpentTokenEndsTheWholeLogin() {
        Begun login = begin();
        TokenHash second = token();
        TokenHash third = token();
        rotate(login.token(), second);
        rotate(second, third);

        assertThat(rotate(login.token(), token())).isEqualTo(new Rotation.Reused(login.sessionId()));

        assertThat(rotate(third, token())).isEqualTo(new Rotation.Refused());
    }

    @Test
    default void aLoginThatEndedGivesNoMoreTokens() {
        Begun login = begin();

        assertThat(stores().logins().end(login.token())).contains(login.sessionId());

        assertThat(rotate(login.token(), token())).isEqualTo(new Rotation.Refused());
    }

    @Test
    default void aSpentTokenStillEndsItsLogin() {
        Begun login = begin();
        TokenHash second = token();
        rotate(login.token(), second);

        assertThat(stores().logins().end(login.token())).contains(login.sessionId());

        assertThat(rotate(second, token())).isEqualTo(new Rotation.Refused());
    }

    @Test
    default void anExpiredTokenIsRefused() {
        Begun login = begin();
        stores().clock().advance(Duration.ofHours(1));

        assertThat(rotate(login.token(), token())).isEqualTo(new Rotation.Refused());
    }

    @Test
    default void aTokenIsGoodUntilItExpires() {
        Begun login = begin();
        stores().clock().advance(Duration.ofHours(1).minusMillis(1));

        assertThat(rotate(login.token(), token())).isInstanceOf(Rotation.Rotated.class);
    }

    @Test
    default void eachTokenExpiresForItself() {
        Begun login = begin();
        TokenHash second = token();
        stores().clock().advance(Duration.ofMinutes(50));
        rotate(login.token(), second);
        stores().clock().advance(Duration.ofMinutes(50));

        assertThat(rotate(second, token())).isInstanceOf(Rotation.Rotated.class);
    }

    @Test
    default void otherLoginsOfTheSameUserGoOn() {
        User kim = new StoreScene(stores()).user("Kim");
        Begun phone = begin(kim);
        Begun desk = begin(kim);
        Begun stolen = begin(kim);
        stores().logins().end(phone.token());
        rotate(stolen.token(), token());
        rotate(stolen.token(), token());

        assertThat(rotate(desk.token(), token())).isEqualTo(new Rotation.Rotated(desk.sessionId(), kim.id()));
    }

    @Test
    default void ofTwoWhoSpendTheSameTokenAtOnceOneIsFoundOut() {
        for (int round = 0; round < 10; round++) {
            Begun login = begin();
            List<TokenHash> next = List.of(token(), token());

            List<Rotation> rotations = AtOnce.call(2, i -> rotate(login.token(), next.get(i)));

            assertThat(rotations)
                    .containsExactlyInAnyOrder(
                            new Rotation.Rotated(login.sessionId(), login.user().id()),
                            new Rotation.Reused(login.sessionId()));
            for (TokenHash token : next) {
                assertThat(rotate(token, token())).isEqualTo(new Rotation.Refused());
            }
        }
    }

    @Test
    default void aLoginThatEndsWhileItsTokenIsRotatedStaysEnded() {
        for (int round = 0; round < 10; round++) {
            Begun login = begin();
            TokenHash next = token();
            List<Object> answers = new ArrayList<>(AtOnce.call(
                    2,
                    i -> i == 0
                            ? rotate(login.token(), next)
                            : stores().logins().end(login.token())));

            assertThat(answers).hasSize(2);
            assertThat(rotate(next, token())).isEqualTo(new Rotation.Refused());
            assertThat(rotate(login.token(), token())).isInstanceOf(Rotation.Refused.class);
        }
    }
}
