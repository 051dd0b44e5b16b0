package dev.confab.chat.port.in;

import org.jspecify.annotations.Nullable;

/** Ends a login everywhere within 1 s (G14). Blocks. */
public interface LogOut {

    /** Ends the login that the refresh token belongs to; does nothing when there is none. */
    void logOut(@Nullable String refreshToken);
}
