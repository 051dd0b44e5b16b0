package dev.confab.chat.usecase;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.FindUser;
import dev.confab.chat.port.out.UserStore;

/** Looks people up in the store. */
final class FindUserService implements FindUser {

    private final UserStore users;

    FindUserService(UserStore users) {
        this.users = users;
    }

    @Override
    public Result<User> find(UserId id) {
        return users.find(id).map(Result::ok).orElseGet(() -> Result.refused(Refusal.Code.USER_NOT_FOUND));
    }
}
