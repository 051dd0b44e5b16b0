package dev.confab.chat.port.in;

import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;
import org.jspecify.annotations.Nullable;

/** Opens an account. Blocks. */
public interface RegisterUser {

    /**
     * Adds a user. Refused with VALIDATION or EMAIL_TAKEN, or with FORBIDDEN where all users are a host product's.
     *
     * @param password 8 to 100 code points
     * @param nickname 1 to 40 code points; null: the part of the e-mail address before the {@code @}
     */
    Result<User> register(@Nullable String email, @Nullable String password, @Nullable String nickname);
}
