package dev.confab.netty.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.PasswordHasher;
import dev.confab.testkit.PasswordHasherContract;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** Argon2id, cheap: what it costs in production is the same algorithm with other numbers. */
final class Argon2PasswordHasherTest implements PasswordHasherContract {

    private final PasswordHasher hasher =
            new Argon2PasswordHasher(new Argon2Settings(256, 1, 1, 2), new SecureRandom());

    @Override
    public PasswordHasher hasher() {
        return hasher;
    }

    @Test
    void theHashTellsItsCost() {
        assertThat(hasher.hash("correct horse").encoded())
                .matches("\\$argon2id\\$v=19\\$m=256,t=1,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    }

    @Test
    void aHashOfAnotherCostStillMatches() {
        PasswordHasher other = new Argon2PasswordHasher(new Argon2Settings(64, 2, 2, 1), new SecureRandom());

        assertThat(hasher.matches("correct horse", other.hash("correct horse"))).isTrue();
    }

    @Test
    void aHashOfTheReferenceImplementationMatches() {
        // From the tests of phc-winner-argon2: version 0x13, 256 KiB, 2 passes, 1 lane, salt "somesalt".
        PasswordHash reference = new PasswordHash(
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ" + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");

        assertThat(hasher.matches("password", reference)).isTrue();
        assertThat(hasher.matches("passwore", reference)).isFalse();
    }

    @Test
    void howAKeyboardWritesALetterDoesNotMatter() {
        String composed = "\uD55C\uAE00 p\u00e9ter";
        String decomposed = "\u1112\u1161\u11ab\u1100\u1173\u11af pe\u0301ter";

        assertThat(hasher.matches(decomposed, hasher.hash(composed))).isTrue();
        assertThat(hasher.matches(composed, hasher.hash(decomposed))).isTrue();
    }

    @Test
    void aCostBeyondReasonIsNotPaid() {
        for (String bent : new String[] {
            "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2id$v=19$m=256,t=999,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2id$v=19$m=1,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"
        }) {
            assertThat(hasher.matches("password", new PasswordHash(bent))).isFalse();
        }
    }

    @Test
    void theDefaultsAreWhatIsRecommended() {
        PasswordHasher strong = new Argon2PasswordHasher(Argon2Settings.defaults(), new SecureRandom());

        PasswordHash hash = strong.hash("correct horse");
        assertThat(hash.encoded()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(strong.matches("correct horse", hash)).isTrue();
    }
}
