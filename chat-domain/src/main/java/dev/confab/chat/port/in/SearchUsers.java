package dev.confab.chat.port.in;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserCursor;
import org.jspecify.annotations.Nullable;

/** Looks for people. Blocks. */
public interface SearchUsers {

    /**
     * Who has that whole e-mail address, else those whose nickname begins so, without regard to case. Refused with
     * VALIDATION.
     *
     * @param limit 1 to 100
     */
    Result<Page<User, UserCursor>> search(@Nullable String query, @Nullable UserCursor after, int limit);
}
