package dev.confab.chat.usecase;

import static dev.confab.chat.usecase.UseCases.assertRefused;
import static dev.confab.chat.usecase.UseCases.ok;
import static dev.confab.chat.usecase.UseCases.violations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.HostUser;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.MeetUser;
import dev.confab.chat.port.in.SearchUsers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Users of a host product are met, users of one's own are found. */
final class MeetUserTest {

    private final UseCases chat = new UseCases();
    private final MeetUser meetUser = new MeetUserService(chat.stores.users(), chat.clock);
    private final SearchUsers searchUsers = new SearchUsersService(chat.stores.users());

    private static Principal principal(UserId id, @Nullable String nickname) {
        return new Principal(id, SessionId.random(), Instant.MAX, nickname == null ? null : new HostUser(nickname));
    }

    @Test
    void aHostsUserIsAddedWhenFirstSeenAndKnownFromThenOn() {
        Principal kim = principal(UserId.random(), "Kim");
        assertThat(meetUser.knows(kim)).isFalse();

        User met = ok(meetUser.meet(kim));

        assertThat(met)
                .isEqualTo(
                        new User(kim.userId(), null, "Kim", chat.clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        assertThat(meetUser.knows(kim)).isTrue();
        assertThat(ok(meetUser.meet(principal(kim.userId(), "Another name")))).isEqualTo(met);
    }

    @Test
    void nobodyElseIsAdded() {
        Principal stranger = principal(UserId.random(), null);

        assertThat(meetUser.knows(stranger)).isTrue();
        assertRefused(meetUser.meet(stranger), Refusal.Code.USER_NOT_FOUND);
        User kim = chat.user("kim");
        assertThat(ok(meetUser.meet(principal(kim.id(), null)))).isEqualTo(kim);
    }

    @Test
    void aWholeAddressFindsItsOwnerAndABeginningFindsNicknames() {
        User kim = chat.user("kim");
        User kimchi = chat.user("kimchi");

        assertThat(ok(searchUsers.search("KIM@example.org", null, 10)).items()).containsExactly(kim);
        assertThat(ok(searchUsers.search("Kim", null, 10)).items()).containsExactly(kim, kimchi);
        assertThat(ok(searchUsers.search("kim@example", null, 10)).items()).isEmpty();
        assertThat(violations(searchUsers.search(null, null, 10))).containsExactly("q:required");
        assertThat(violations(searchUsers.search(" ", null, 10))).containsExactly("q:empty");
    }
}
