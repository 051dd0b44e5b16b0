package dev.confab.chat.port.in;

import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;

/** Looks people up. Blocks. */
public interface FindUser {

    /** Refused with USER_NOT_FOUND. */
    Result<User> find(UserId id);
}
