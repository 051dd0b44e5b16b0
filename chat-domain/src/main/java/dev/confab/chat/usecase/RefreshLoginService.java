package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.port.in.Login;
import dev.confab.chat.port.in.RefreshLogin;
import dev.confab.chat.port.out.AccessTokens;
import dev.confab.chat.port.out.LoginStore;
import dev.confab.chat.port.out.LoginStore.Rotation;
import dev.confab.chat.port.out.Revocations;
import dev.confab.chat.port.out.UserStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Rotates refresh tokens; whoever shows a spent one ends the login, because somebody has a copy. */
final class RefreshLoginService implements RefreshLogin {

    private final UserStore users;
    private final LoginStore logins;
    private final AccessTokens accessTokens;
    private final Revocations revocations;
    private final Clock clock;
    private final RandomGenerator random;
    private final ChatSettings settings;

    RefreshLoginService(
            UserStore users,
            LoginStore logins,
            AccessTokens accessTokens,
            Revocations revocations,
            Clock clock,
            RandomGenerator random,
            ChatSettings settings) {
        this.users = users;
        this.logins = logins;
        this.accessTokens = accessTokens;
        this.revocations = revocations;
        this.clock = clock;
        this.random = random;
        this.settings = settings;
    }

    @Override
    public Result<Login> refresh(@Nullable String refreshToken) {
        if (!accessTokens.canIssue()) {
            return Result.refused(Refusal.Code.FORBIDDEN);
        }
        if (refreshToken == null) {
            return Result.refused(Refusal.Code.UNAUTHENTICATED);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String next = RefreshTokens.create(random);
        Rotation rotation = logins.rotate(
                RefreshTokens.hash(refreshToken), RefreshTokens.hash(next), now.plus(settings.refreshTokenTtl()), now);
        return switch (rotation) {
            case Rotation.Rotated(var sessionId, var userId) ->
                users.find(userId)
                        .map(user -> Result.ok(AccessGrant.login(user, sessionId, next, accessTokens, now, settings)))
                        .orElseGet(() -> Result.refused(Refusal.Code.UNAUTHENTICATED));
            case Rotation.Reused(var sessionId) -> {
                revocations.revoke(sessionId, clock.instant().plus(settings.accessTokenTtl()));
                yield Result.refused(Refusal.Code.UNAUTHENTICATED);
            }
            case Rotation.Refused() -> Result.refused(Refusal.Code.UNAUTHENTICATED);
        };
    }
}
