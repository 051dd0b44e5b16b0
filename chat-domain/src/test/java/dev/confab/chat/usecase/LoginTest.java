package dev.confab.chat.usecase;

import static dev.confab.chat.usecase.UseCases.assertRefused;
import static dev.confab.chat.usecase.UseCases.ok;
import static dev.confab.chat.usecase.UseCases.refused;
import static dev.confab.chat.usecase.UseCases.violations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.Authenticate;
import dev.confab.chat.port.in.LogIn;
import dev.confab.chat.port.in.LogOut;
import dev.confab.chat.port.in.Login;
import dev.confab.chat.port.in.RefreshLogin;
import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.PasswordHasher;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LoginTest {

    private final UseCases chat = new UseCases();
    private final User kim = chat.user("kim");
    private final LogIn logIn = chat.logIn();
    private final RefreshLogin refreshLogin = new RefreshLoginService(
            chat.stores.users(),
            chat.stores.logins(),
            chat.accessTokens,
            chat.revocations,
            chat.clock,
            chat.random,
            chat.settings);
    private final LogOut logOut = new LogOutService(chat.stores.logins(), chat.revocations, chat.clock, chat.settings);
    private final Authenticate authenticate = new AuthenticateService(chat.accessTokens, chat.revocations, chat.clock);

    private Login logIn() {
        return ok(logIn.logIn("kim@example.org", "password of kim"));
    }

    @Test
    void theRightPasswordGivesBothTokens() {
        Login login = logIn();

        assertThat(login.user()).isEqualTo(kim);
        assertThat(login.expiresIn()).isEqualTo(chat.settings.accessTokenTtl());
        assertThat(login.refreshToken()).matches("[A-Za-z0-9_-]{43}");
        assertThat(login.toString()).doesNotContain(login.accessToken(), login.refreshToken());
        Principal principal = authenticate.authenticate(login.accessToken()).orElseThrow();
        assertThat(principal.userId()).isEqualTo(kim.id());
        assertThat(principal.expiresAt()).isEqualTo(Instant.parse("2026-02-24T06:10:00Z"));
    }

    @Test
    void theAddressIsComparedWithoutCase() {
        assertThat(ok(logIn.logIn("KIM@Example.Org", "password of kim")).user()).isEqualTo(kim);
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressGetTheSameAnswer() {
        Refusal wrong = refused(logIn.logIn("kim@example.org", "password of lee"));

        assertThat(wrong.code()).isEqualTo(Refusal.Code.BAD_CREDENTIALS);
        assertThat(refused(logIn.logIn("nobody@example.org", "password of kim")))
                .isEqualTo(wrong);
        assertThat(refused(logIn.logIn("no address at all", "password of kim"))).isEqualTo(wrong);
        assertThat(refused(logIn.logIn("kim@example.org", ""))).isEqualTo(wrong);
    }

    @Test
    void anUnknownAddressCostsAsManyComparisonsAsAKnownOne() {
        AtomicInteger comparisons = new AtomicInteger();
        AtomicInteger hashes = new AtomicInteger();
        PasswordHasher counting = new PasswordHasher() {
            @Override
            public PasswordHash hash(String password) {
                hashes.incrementAndGet();
                return chat.passwordHasher.hash(password);
            }

            @Override
            public boolean matches(String password, PasswordHash hash) {
                comparisons.incrementAndGet();
                return chat.passwordHasher.matches(password, hash);
            }
        };
        LogIn counted = new LogInService(
                chat.stores.users(),
                chat.stores.logins(),
                chat.accessTokens,
                counting,
                chat.clock,
                chat.random,
                chat.settings);

        counted.logIn("kim@example.org", "wrong password");
        assertThat(comparisons.getAndSet(0)).isEqualTo(1);
        assertThat(hashes.getAndSet(0)).isEqualTo(1);
        counted.logIn("nobody@example.org", "wrong password");
        assertThat(comparisons.getAndSet(0)).isEqualTo(1);
        assertThat(hashes.get()).isZero();
    }

    @Test
    void malformedInputIsToldByField() {
        assertThat(violations(logIn.logIn(null, null))).containsExactly("email:required", "password:required");
        assertThat(violations(logIn.logIn("k\0m@example.org", "p\ud800")))
                .containsExactly("email:nul", "password:lone-surrogate");
        assertThat(violations(logIn.logIn("k".repeat(300), "p".repeat(101))))
                .containsExactly("email:too-long", "password:too-long");
    }

    @Test
    void everyLoginIsASessionOfItsOwn() {
        Login phone = logIn();
        Login desk = logIn();
        logOut.logOut(phone.refreshToken());

        assertThat(authenticate.authenticate(phone.accessToken())).isEmpty();
        assertThat(authenticate.authenticate(desk.accessToken())).isPresent();
        assertThat(ok(refreshLogin.refresh(desk.refreshToken())).user()).isEqualTo(kim);
    }

    @Test
    void aRefreshRotatesTheTokensOfTheSameSession() {
        Login first = logIn();
        chat.clock.advance(Duration.ofMinutes(9));
        Login second = ok(refreshLogin.refresh(first.refreshToken()));

        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(authenticate.authenticate(second.accessToken()).orElseThrow().sessionId())
                .isEqualTo(authenticate
                        .authenticate(first.accessToken())
                        .orElseThrow()
                        .sessionId());
        chat.clock.advance(Duration.ofMinutes(9));
        assertThat(authenticate.authenticate(first.accessToken())).isEmpty();
        assertThat(authenticate.authenticate(second.accessToken())).isPresent();
    }

    @Test
    void aSpentRefreshTokenEndsTheLoginEverywhere() {
        Login first = logIn();
        Login second = ok(refreshLogin.refresh(first.refreshToken()));
        Principal principal = authenticate.authenticate(second.accessToken()).orElseThrow();

        assertRefused(refreshLogin.refresh(first.refreshToken()), Refusal.Code.UNAUTHENTICATED);

        assertRefused(refreshLogin.refresh(second.refreshToken()), Refusal.Code.UNAUTHENTICATED);
        assertThat(authenticate.authenticate(second.accessToken())).isEmpty();
        assertThat(authenticate.stillHolds(principal)).isFalse();
    }

    @Test
    void anExpiredOrInventedRefreshTokenIsRefused() {
        Login login = logIn();
        chat.clock.advance(chat.settings.refreshTokenTtl());

        assertRefused(refreshLogin.refresh(login.refreshToken()), Refusal.Code.UNAUTHENTICATED);
        assertRefused(refreshLogin.refresh("invented"), Refusal.Code.UNAUTHENTICATED);
        assertRefused(refreshLogin.refresh("\ud800\0"), Refusal.Code.UNAUTHENTICATED);
        assertRefused(refreshLogin.refresh(null), Refusal.Code.UNAUTHENTICATED);
    }

    @Test
    void aLogoutEndsBothTokens() {
        Login login = logIn();
        Principal principal = authenticate.authenticate(login.accessToken()).orElseThrow();
        assertThat(authenticate.stillHolds(principal)).isTrue();

        logOut.logOut(login.refreshToken());

        assertThat(authenticate.authenticate(login.accessToken())).isEmpty();
        assertThat(authenticate.stillHolds(principal)).isFalse();
        assertRefused(refreshLogin.refresh(login.refreshToken()), Refusal.Code.UNAUTHENTICATED);
    }

    @Test
    void aLogoutWithoutALoginDoesNothing() {
        logOut.logOut(null);
        logOut.logOut("invented");
        assertThat(logIn().user()).isEqualTo(kim);
    }

    @Test
    void aTokenHoldsUntilItExpires() {
        Principal principal = authenticate.authenticate(logIn().accessToken()).orElseThrow();
        chat.clock.advance(
                Duration.between(chat.clock.instant(), principal.expiresAt()).minusMillis(1));
        assertThat(authenticate.stillHolds(principal)).isTrue();

        chat.clock.advance(Duration.ofMillis(1));

        assertThat(authenticate.stillHolds(principal)).isFalse();
    }

    @Test
    void nonsenseIsNobodysToken() {
        assertThat(authenticate.authenticate("")).isEmpty();
        assertThat(authenticate.authenticate("\ud800")).isEmpty();
        assertThat(authenticate.authenticate("eyJhbGciOiJub25lIn0.e30.")).isEmpty();
    }
}
