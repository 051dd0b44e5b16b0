package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserCursor;
import dev.confab.chat.model.Violation;
import dev.confab.chat.port.in.SearchUsers;
import dev.confab.chat.port.out.UserStore;
import dev.confab.chat.port.out.UserStore.Account;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for people in the store. */
final class SearchUsersService implements SearchUsers {

    private final UserStore users;

    SearchUsersService(UserStore users) {
        this.users = users;
    }

    @Override
    public Result<Page<User, UserCursor>> search(@Nullable String query, @Nullable UserCursor after, int limit) {
        PageLimit.require(limit, PageLimit.PAGE);
        Optional<Violation> violation = ChatLimits.text("q", query, 1, ChatLimits.MAX_EMAIL);
        if (query == null || violation.isPresent()) {
            return Result.refused(Refusal.invalid(violation.stream().toList()));
        }
        Optional<User> owner = query.indexOf('@') < 0
                ? Optional.empty()
                : users.accountOf(query).map(Account::user);
        if (owner.isPresent() && after == null) {
            return Result.ok(new Page<>(List.of(owner.get()), null));
        }
        return Result.ok(users.search(query, after, limit));
    }
}
