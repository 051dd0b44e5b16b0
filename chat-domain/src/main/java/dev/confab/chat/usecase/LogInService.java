package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.User;
import dev.confab.chat.model.Violation;
import dev.confab.chat.port.in.LogIn;
import dev.confab.chat.port.in.Login;
import dev.confab.chat.port.out.AccessTokens;
import dev.confab.chat.port.out.LoginStore;
import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.PasswordHasher;
import dev.confab.chat.port.out.UserStore;
import dev.confab.chat.port.out.UserStore.Account;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Checks the password and begins a login. */
final class LogInService implements LogIn {

    private final UserStore users;
    private final LoginStore logins;
    private final AccessTokens accessTokens;
    private final PasswordHasher passwordHasher;
    private final Clock clock;
    private final RandomGenerator random;
    private final ChatSettings settings;
    private volatile @Nullable PasswordHash nobodysHash;

    LogInService(
            UserStore users,
            LoginStore logins,
            AccessTokens accessTokens,
            PasswordHasher passwordHasher,
            Clock clock,
            RandomGenerator random,
            ChatSettings settings) {
        this.users = users;
        this.logins = logins;
        this.accessTokens = accessTokens;
        this.passwordHasher = passwordHasher;
        this.clock = clock;
        this.random = random;
        this.settings = settings;
    }

    @Override
    public Result<Login> logIn(@Nullable String email, @Nullable String password) {
        if (!accessTokens.canIssue()) {
            return Result.refused(Refusal.Code.FORBIDDEN);
        }
        List<Violation> violations = new ArrayList<>();
        check("email", email, ChatLimits.MAX_EMAIL).ifPresent(violations::add);
        check("password", password, ChatLimits.MAX_PASSWORD).ifPresent(violations::add);
        if (email == null || password == null || !violations.isEmpty()) {
            return Result.refused(Refusal.invalid(violations));
        }
        // Made before the look-up, so that whether the address is known cannot be told from who waits for it.
        PasswordHash nobody = nobodysHash();
        Optional<Account> account = users.accountOf(email);
        boolean matches = passwordHasher.matches(
                password, account.map(Account::passwordHash).orElse(nobody));
        if (account.isEmpty() || !matches) {
            return Result.refused(Refusal.Code.BAD_CREDENTIALS);
        }
        return Result.ok(begin(account.get().user()));
    }

    private Login begin(User user) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        SessionId sessionId = SessionId.random();
        String refreshToken = RefreshTokens.create(random);
        logins.begin(sessionId, user.id(), RefreshTokens.hash(refreshToken), now.plus(settings.refreshTokenTtl()));
        return AccessGrant.login(user, sessionId, refreshToken, accessTokens, now, settings);
    }

    /** Too long or malformed cannot be anybody's; everything else is for the comparison to tell. */
    private static Optional<Violation> check(String field, @Nullable String text, int max) {
        return ChatLimits.text(field, text, 0, max);
    }

    /** A hash that costs as much to compare with as everybody's, and that no password is known for. */
    private PasswordHash nobodysHash() {
        PasswordHash hash = nobodysHash;
        if (hash == null) {
            hash = passwordHasher.hash(RefreshTokens.create(random));
            nobodysHash = hash;
        }
        return hash;
    }
}
