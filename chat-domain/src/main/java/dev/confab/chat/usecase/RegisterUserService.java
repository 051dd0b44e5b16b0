package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Violation;
import dev.confab.chat.port.in.RegisterUser;
import dev.confab.chat.port.out.PasswordHasher;
import dev.confab.chat.port.out.UserStore;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the whole input, tells all that is wrong with it at once, and adds the user. */
final class RegisterUserService implements RegisterUser {

    private final UserStore users;
    private final PasswordHasher passwordHasher;
    private final Clock clock;

    RegisterUserService(UserStore users, PasswordHasher passwordHasher, Clock clock) {
        this.users = users;
        this.passwordHasher = passwordHasher;
        this.clock = clock;
    }

    @Override
    public Result<User> register(@Nullable String email, @Nullable String password, @Nullable String nickname) {
        List<Violation> violations = new ArrayList<>();
        EmailAddress.check(email).ifPresent(violations::add);
        ChatLimits.text("password", password, ChatLimits.MIN_PASSWORD, ChatLimits.MAX_PASSWORD)
                .ifPresent(violations::add);
        if (nickname != null) {
            ChatLimits.text("nickname", nickname, 1, ChatLimits.MAX_NICKNAME).ifPresent(violations::add);
        }
        if (email == null || password == null || !violations.isEmpty()) {
            return Result.refused(Refusal.invalid(violations));
        }
        // Hashing costs tens of milliseconds; a taken address need not pay for it. The store decides for good below.
        if (users.accountOf(email).isPresent()) {
            return Result.refused(Refusal.Code.EMAIL_TAKEN);
        }
        User user = new User(
                UserId.random(),
                email,
                nickname == null ? EmailAddress.nickname(email) : nickname,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return users.add(user, passwordHasher.hash(password))
                ? Result.ok(user)
                : Result.refused(Refusal.Code.EMAIL_TAKEN);
    }
}
