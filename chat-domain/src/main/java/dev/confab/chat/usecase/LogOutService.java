package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.port.in.LogOut;
import dev.confab.chat.port.out.LoginStore;
import dev.confab.chat.port.out.Revocations;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Ends the login's refresh tokens in the store and its access tokens on every server. */
final class LogOutService implements LogOut {

    private final LoginStore logins;
    private final Revocations revocations;
    private final Clock clock;
    private final ChatSettings settings;

    LogOutService(LoginStore logins, Revocations revocations, Clock clock, ChatSettings settings) {
        this.logins = logins;
        this.revocations = revocations;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public void logOut(@Nullable String refreshToken) {
        if (refreshToken == null) {
            return;
        }
        // The time is asked once the login has ended: no token that a refresh at the same moment gave out lasts longer.
        logins.end(RefreshTokens.hash(refreshToken))
                .ifPresent(sessionId ->
                        revocations.revoke(sessionId, clock.instant().plus(settings.accessTokenTtl())));
    }
}
