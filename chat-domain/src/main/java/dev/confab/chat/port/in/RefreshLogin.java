package dev.confab.chat.port.in;

import dev.confab.chat.model.Result;
import org.jspecify.annotations.Nullable;

/** Gives a new pair of tokens for a refresh token. Blocks. */
public interface RefreshLogin {

    /** Refused with UNAUTHENTICATED, or FORBIDDEN where all users are a host product's; a token that was spent before ends the whole login everywhere. */
    Result<Login> refresh(@Nullable String refreshToken);
}
