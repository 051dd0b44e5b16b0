package dev.confab.chat.port.in;

import dev.confab.chat.model.User;
import java.time.Duration;

/**
 * What somebody who logged in holds.
 *
 * @param expiresIn how long the access token lasts
 */
public record Login(User user, String accessToken, Duration expiresIn, String refreshToken) {
    /** Hides the tokens from logs. */
    @Override
    public String toString() {
        return "Login[user=" + user.id() + "]";
    }
}
