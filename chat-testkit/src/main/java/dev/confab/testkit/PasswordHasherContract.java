package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.PasswordHasher;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link PasswordHasher} does. An adapter's test may build one that is cheaper than in production. */
public interface PasswordHasherContract {

    /** The hasher under test; the same throughout one test. */
    PasswordHasher hasher();

    @Test
    default void aPasswordMatchesItsHash() {
        for (String password :
                List.of("correct horse", "pässwörd", "비밀번호입니다", "🙂🙂🙂🙂🙂🙂🙂🙂", " leading and trailing ")) {
            assertThat(hasher().matches(password, hasher().hash(password))).isTrue();
        }
    }

    @Test
    default void anotherPasswordDoesNotMatch() {
        PasswordHash hash = hasher().hash("correct horse");

        for (String other : List.of("correct horsf", "Correct horse", "correct horse ", "correct hors", "", "x")) {
            assertThat(hasher().matches(other, hash)).isFalse();
        }
    }

    @Test
    default void everyCharacterOfALongPasswordCounts() {
        // 300 bytes of UTF-8: a hasher that cuts at 72 bytes would take any of them.
        String password = "한".repeat(99);
        PasswordHash hash = hasher().hash(password + "글");

        assertThat(hasher().matches(password + "글", hash)).isTrue();
        assertThat(hasher().matches(password + "급", hash)).isFalse();
        assertThat(hasher().matches(password, hash)).isFalse();
    }

    @Test
    default void theSamePasswordHasAnotherHashEachTime() {
        assertThat(hasher().hash("correct horse").encoded())
                .isNotEqualTo(hasher().hash("correct horse").encoded());
    }

    @Test
    default void aHashHidesThePassword() {
        PasswordHash hash = hasher().hash("correct horse");

        assertThat(hash.encoded()).doesNotContain("correct").startsWith("$").isPrintable();
        assertThat(hash.toString()).doesNotContain(hash.encoded());
    }

    @Test
    default void aHashOfAnotherKindMatchesNothing() {
        for (String foreign :
                List.of("", "$", "plain", "$none$", "$2b$12$abcdefghijklmnopqrstuv", "$argon2id$v=19$m", "$$$$$")) {
            assertThat(hasher().matches("correct horse", new PasswordHash(foreign)))
                    .isFalse();
        }
    }

    @Test
    default void manyHashAtOnce() {
        PasswordHash hash = hasher().hash("correct horse");

        assertThat(AtOnce.call(8, i -> hasher().matches(i % 2 == 0 ? "correct horse" : "wrong horse", hash)))
                .containsExactly(true, false, true, false, true, false, true, false);
    }
}
