package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.UserStore;
import dev.confab.chat.port.out.UserStore.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What every {@link UserStore} does. An adapter's test implements {@link #stores()}, which answers the same fixture
 * throughout one test.
 */
public interface UserStoreContract extends UserSearchContract {

    @Override
    StoreFixture stores();

    private static String email(User user) {
        return Objects.requireNonNull(user.email());
    }

    private static User withEmail(String email) {
        return new User(UserId.random(), email, "Twin", MutableClock.START);
    }

    @Test
    default void aUserIsFoundAsAdded() {
        UserStore users = stores().users();
        User kim = Samples.user("김 🙂");
        PasswordHash hash = new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");

        assertThat(users.add(kim, hash)).isTrue();

        assertThat(users.find(kim.id())).contains(kim);
        assertThat(users.accountOf(email(kim))).contains(new Account(kim, hash));
    }

    @Test
    default void aStrangerIsNotFound() {
        assertThat(stores().users().find(UserId.random())).isEmpty();
        assertThat(stores().users().accountOf("nobody@" + UserId.random() + ".example"))
                .isEmpty();
    }

    @Test
    default void anAddressIsTakenOnceWhateverItsCase() {
        UserStore users = stores().users();
        User kim = new User(UserId.random(), "Kim." + UserId.random() + "@Example.com", "Kim", MutableClock.START);
        assertThat(users.add(kim, Samples.NO_PASSWORD)).isTrue();
        User lower = withEmail(email(kim).toLowerCase(Locale.ROOT));
        User upper = withEmail(email(kim).toUpperCase(Locale.ROOT));

        assertThat(users.add(lower, Samples.NO_PASSWORD)).isFalse();
        assertThat(users.add(upper, Samples.NO_PASSWORD)).isFalse();

        assertThat(users.find(lower.id())).isEmpty();
        assertThat(users.accountOf(email(upper))).map(Account::user).contains(kim);
        assertThat(users.accountOf(email(lower))).map(Account::user).contains(kim);
        assertThat(users.find(kim.id())).map(User::email).contains(email(kim));
    }

    @Test
    default void anAddressIsNoPattern() {
        UserStore users = stores().users();
        User kim = Samples.user("Kim");
        users.add(kim, Samples.NO_PASSWORD);

        assertThat(users.accountOf("%")).isEmpty();
        assertThat(users.accountOf(email(kim).replace('@', '_'))).isEmpty();
        assertThat(users.accountOf("' or '1'='1")).isEmpty();
        assertThat(users.add(withEmail("%" + email(kim).substring(1)), Samples.NO_PASSWORD))
                .isTrue();
    }

    @Test
    default void ofTwentyWhoTakeAnAddressAtOnceOneGetsIt() {
        UserStore users = stores().users();
        String email = "wanted" + UserId.random() + "@example.com";

        List<Boolean> added = AtOnce.call(20, i -> users.add(withEmail(email), Samples.NO_PASSWORD));

        assertThat(added.stream().filter(taken -> taken)).hasSize(1);
    }

    @Test
    default void usersOfAHostProductNeedNoAddress() {
        UserStore users = stores().users();
        User one = new User(UserId.random(), null, "One", MutableClock.START);
        User two = new User(UserId.random(), null, "Two", MutableClock.START);

        assertThat(users.add(one, Samples.NO_PASSWORD)).isTrue();
        assertThat(users.add(two, Samples.NO_PASSWORD)).isTrue();
        assertThat(users.find(one.id())).contains(one);
        assertThat(users.find(two.id())).contains(two);
    }

    @Test
    default void nicknamesAreToldForThoseWhoExist() {
        UserStore users = stores().users();
        User kim = Samples.user("Kim");
        User lee = Samples.user("Lee");
        users.add(kim, Samples.NO_PASSWORD);
        users.add(lee, Samples.NO_PASSWORD);

        assertThat(users.nicknames(List.of(kim.id(), UserId.random(), lee.id(), kim.id())))
                .isEqualTo(Map.of(kim.id(), "Kim", lee.id(), "Lee"));
        assertThat(users.nicknames(List.of())).isEmpty();
    }

    @Test
    default void aRenamedUserKeepsEverythingElse() {
        UserStore users = stores().users();
        User kim = Samples.user("Kim");
        users.add(kim, new PasswordHash("$hash$"));
        User renamed = new User(kim.id(), kim.email(), "새 이름", kim.createdAt());

        assertThat(users.rename(kim.id(), "새 이름")).contains(renamed);

        assertThat(users.find(kim.id())).contains(renamed);
        assertThat(users.accountOf(email(kim))).contains(new Account(renamed, new PasswordHash("$hash$")));
        assertThat(users.rename(UserId.random(), "nobody")).isEmpty();
    }

    @Test
    default void lastSeenNeverMovesBackwards() {
        UserStore users = stores().users();
        User kim = Samples.user("Kim");
        User lee = Samples.user("Lee");
        User never = Samples.user("Never");
        List.of(kim, lee, never).forEach(user -> users.add(user, Samples.NO_PASSWORD));
        Instant then = MutableClock.START;

        users.seen(Map.of(kim.id(), then.plusSeconds(5), lee.id(), then));
        users.seen(Map.of(kim.id(), then, lee.id(), then.plusSeconds(9)));
        users.seen(Map.of());

        assertThat(users.lastSeen(List.of(kim.id(), lee.id(), never.id(), UserId.random())))
                .isEqualTo(Map.of(kim.id(), then.plusSeconds(5), lee.id(), then.plusSeconds(9)));
        assertThat(users.lastSeen(List.of())).isEmpty();
    }

    @Test
    default void nobodyWaitsForSightingsOfStrangers() {
        UserStore users = stores().users();
        UserId stranger = UserId.random();
        User kim = Samples.user("Kim");
        users.add(kim, Samples.NO_PASSWORD);

        users.seen(Map.of(stranger, MutableClock.START, kim.id(), MutableClock.START));

        assertThat(users.lastSeen(List.of(stranger, kim.id()))).isEqualTo(Map.of(kim.id(), MutableClock.START));
    }

    @Test
    default void sightingsOfTheSameUsersAtOnceKeepTheLatest() {
        UserStore users = stores().users();
        List<UserId> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            User user = Samples.user("u" + i);
            users.add(user, Samples.NO_PASSWORD);
            ids.add(user.id());
        }

        AtOnce.call(8, n -> {
            Map<UserId, Instant> seen = new LinkedHashMap<>();
            // Each meets the users in another order.
            for (int i = 0; i < 20; i++) {
                seen.put(ids.get(Math.floorMod(n % 2 == 0 ? i + n : n - i, 20)), MutableClock.START.plusSeconds(n));
            }
            users.seen(seen);
            return n;
        });

        assertThat(users.lastSeen(ids)).hasSize(20);
        assertThat(users.lastSeen(ids).values()).containsOnly(MutableClock.START.plusSeconds(7));
    }

    @Test
    default void aUserOfAHostProductIsAddedOnce() {
        UserStore users = stores().users();
        User kim = new User(UserId.random(), null, "Kim", MutableClock.START);

        assertThat(users.provision(kim)).isEqualTo(kim);
        users.rename(kim.id(), "Kim II");
        User again = new User(kim.id(), null, "Somebody else", MutableClock.START.plusSeconds(60));

        assertThat(users.provision(again)).isEqualTo(new User(kim.id(), null, "Kim II", kim.createdAt()));
        assertThat(users.find(kim.id())).map(User::nickname).contains("Kim II");
        assertThat(users.nicknames(List.of(kim.id()))).isEqualTo(Map.of(kim.id(), "Kim II"));
    }

    @Test
    default void whoeverRegisteredIsNotAddedAgain() {
        UserStore users = stores().users();
        User kim = Samples.user("Kim");
        users.add(kim, new PasswordHash("$hash$"));

        assertThat(users.provision(new User(kim.id(), null, "Impostor", MutableClock.START)))
                .isEqualTo(kim);
        assertThat(users.accountOf(email(kim))).contains(new Account(kim, new PasswordHash("$hash$")));
    }

    @Test
    default void whoIsSeenByManyServersAtOnceIsAddedOnce() {
        UserStore users = stores().users();
        UserId id = UserId.random();

        List<User> added = AtOnce.call(20, i -> users.provision(new User(id, null, "name " + i, MutableClock.START)));

        assertThat(added).hasSize(20).containsOnly(users.find(id).orElseThrow());
    }
}
