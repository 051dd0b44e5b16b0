package dev.confab.chat.usecase;

import static dev.confab.chat.usecase.UseCases.assertRefused;
import static dev.confab.chat.usecase.UseCases.ok;
import static dev.confab.chat.usecase.UseCases.violations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.FindUser;
import dev.confab.chat.port.in.RenameUser;
import org.junit.jupiter.api.Test;

final class UserProfileTest {

    private final UseCases chat = new UseCases();
    private final User kim = chat.user("kim");
    private final FindUser findUser = new FindUserService(chat.stores.users());
    private final RenameUser renameUser = new RenameUserService(chat.stores.users());

    @Test
    void aUserIsFound() {
        assertThat(ok(findUser.find(kim.id()))).isEqualTo(kim);
        assertRefused(findUser.find(UserId.random()), Refusal.Code.USER_NOT_FOUND);
    }

    @Test
    void aUserTakesAnotherNickname() {
        User renamed = ok(renameUser.rename(kim.id(), "김 🙂"));

        assertThat(renamed).isEqualTo(new User(kim.id(), kim.email(), "김 🙂", kim.createdAt()));
        assertThat(ok(findUser.find(kim.id()))).isEqualTo(renamed);
    }

    @Test
    void aNicknameHasOneToFortyCodePoints() {
        assertThat(violations(renameUser.rename(kim.id(), null))).containsExactly("nickname:required");
        assertThat(violations(renameUser.rename(kim.id(), " "))).containsExactly("nickname:empty");
        assertThat(violations(renameUser.rename(kim.id(), "🙂".repeat(41)))).containsExactly("nickname:too-long");
        assertThat(violations(renameUser.rename(kim.id(), "a\0"))).containsExactly("nickname:nul");
        assertThat(ok(renameUser.rename(kim.id(), "🙂".repeat(40))).nickname()).isEqualTo("🙂".repeat(40));
        assertRefused(renameUser.rename(UserId.random(), "nobody"), Refusal.Code.USER_NOT_FOUND);
    }
}
