package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Violation;
import dev.confab.chat.port.in.RenameUser;
import dev.confab.chat.port.out.UserStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks and stores a nickname. */
final class RenameUserService implements RenameUser {

    private final UserStore users;

    RenameUserService(UserStore users) {
        this.users = users;
    }

    @Override
    public Result<User> rename(UserId id, @Nullable String nickname) {
        Optional<Violation> violation = ChatLimits.text("nickname", nickname, 1, ChatLimits.MAX_NICKNAME);
        if (nickname == null || violation.isPresent()) {
            return Result.refused(Refusal.invalid(violation.stream().toList()));
        }
        return users.rename(id, nickname).map(Result::ok).orElseGet(() -> Result.refused(Refusal.Code.USER_NOT_FOUND));
    }
}
