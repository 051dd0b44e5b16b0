package dev.confab.chat.usecase;

import static dev.confab.chat.usecase.UseCases.assertRefused;
import static dev.confab.chat.usecase.UseCases.ok;
import static dev.confab.chat.usecase.UseCases.violations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.RegisterUser;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RegisterUserTest {

    private final UseCases chat = new UseCases();
    private final RegisterUser registerUser = chat.registerUser();

    private List<String> wrong(@Nullable String email, @Nullable String password, @Nullable String nickname) {
        return violations(registerUser.register(email, password, nickname));
    }

    @Test
    void aUserIsAddedWithTheTimeInMilliseconds() {
        User user = ok(registerUser.register("Kim@Example.org", "correct horse", "김"));

        assertThat(user.email()).isEqualTo("Kim@Example.org");
        assertThat(user.nickname()).isEqualTo("김");
        assertThat(user.createdAt()).isEqualTo(Instant.parse("2026-02-24T06:00:00.123Z"));
        assertThat(chat.stores.users().find(user.id())).contains(user);
    }

    @Test
    void thePasswordIsKeptAsAHashAlone() {
        ok(registerUser.register("kim@example.org", "correct horse", "Kim"));

        assertThat(chat.stores.users().accountOf("kim@example.org")).hasValueSatisfying(account -> {
            assertThat(account.passwordHash().encoded()).doesNotContain("correct");
            assertThat(chat.passwordHasher.matches("correct horse", account.passwordHash()))
                    .isTrue();
        });
    }

    @Test
    void theNicknameIsTheBeginningOfTheAddressUnlessGiven() {
        assertThat(ok(registerUser.register("kim.lee@example.org", "correct horse", null))
                        .nickname())
                .isEqualTo("kim.lee");
        assertThat(ok(registerUser.register("🙂".repeat(60) + "@example.org", "correct horse", null))
                        .nickname())
                .isEqualTo("🙂".repeat(40));
    }

    @Test
    void anAddressIsTakenWhateverItsCase() {
        ok(registerUser.register("kim@example.org", "correct horse", null));

        assertRefused(registerUser.register("KIM@example.ORG", "another horse", null), Refusal.Code.EMAIL_TAKEN);
    }

    @Test
    void allThatIsWrongIsToldTogether() {
        assertThat(wrong(null, null, "")).containsExactly("email:required", "password:required", "nickname:empty");
        assertThat(wrong("kim", "short", "n".repeat(41)))
                .containsExactly("email:email", "password:too-short", "nickname:too-long");
    }

    @Test
    void whatIsNoAddressIsRefused() {
        for (String email : List.of(
                "kim",
                "@",
                "kim@",
                "@example.org",
                "kim@lee@example.org",
                "kim @example.org",
                " kim@example.org",
                "kim@example.org ",
                "kim@exam\u00a0ple.org",
                "kim\t@example.org",
                "kim\u0007@example.org",
                "kim@example..org",
                "kim@.org",
                "kim@org.",
                "<kim@example.org>",
                "a@b.c,d@e.f")) {
            assertThat(wrong(email, "correct horse", null)).as(email).containsExactly("email:email");
        }
        assertThat(wrong("k\0m@example.org", "correct horse", null)).containsExactly("email:nul");
        assertThat(wrong("k\ud83dm@example.org", "correct horse", null)).containsExactly("email:lone-surrogate");
        assertThat(wrong("k".repeat(243) + "@example.org", "correct horse", null))
                .containsExactly("email:too-long");
        assertThat(wrong(" ", "correct horse", null)).containsExactly("email:empty");
    }

    @Test
    void unusualAddressesAreTaken() {
        for (String email : List.of(
                "k@e", "kim+chat@example.org", "k".repeat(242) + "@example.org", "김@예시.한국", "o'neil@[127.0.0.1]")) {
            assertThat(ok(registerUser.register(email, "correct horse", null)).email())
                    .isEqualTo(email);
        }
    }

    @Test
    void passwordsAreCountedByCodePoints() {
        assertThat(wrong("kim@example.org", "🙂".repeat(7), null)).containsExactly("password:too-short");
        assertThat(wrong("kim@example.org", "🙂".repeat(101), null)).containsExactly("password:too-long");
        assertThat(wrong("kim@example.org", " ".repeat(8), null)).containsExactly("password:empty");
        assertThat(wrong("kim@example.org", "correct\0horse", null)).containsExactly("password:nul");
        assertThat(wrong("kim@example.org", "correct\udc00horse", null)).containsExactly("password:lone-surrogate");
        ok(registerUser.register("one@example.org", "🙂".repeat(8), null));
        ok(registerUser.register("two@example.org", "🙂".repeat(100), null));
    }
}
