package dev.confab.chat.port.in;

import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import org.jspecify.annotations.Nullable;

/** Changes one's own nickname. Blocks. */
public interface RenameUser {

    /**
     * Refused with VALIDATION or USER_NOT_FOUND.
     *
     * @param nickname 1 to 40 code points
     */
    Result<User> rename(UserId id, @Nullable String nickname);
}
