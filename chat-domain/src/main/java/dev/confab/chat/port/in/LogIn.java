package dev.confab.chat.port.in;

import dev.confab.chat.model.Result;
import org.jspecify.annotations.Nullable;

/** Proves who somebody is by password. Blocks. */
public interface LogIn {

    /** Refused with VALIDATION, BAD_CREDENTIALS, or FORBIDDEN where all users are a host product's; takes as long for an unknown address as for a known one. */
    Result<Login> logIn(@Nullable String email, @Nullable String password);
}
