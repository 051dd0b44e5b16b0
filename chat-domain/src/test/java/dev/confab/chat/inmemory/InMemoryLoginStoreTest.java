package dev.confab.chat.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.LoginStore.TokenHash;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class InMemoryLoginStoreTest {

    private static final Instant THEN = Instant.parse("2026-02-24T06:00:00Z");

    private final InMemoryDatabase database = new InMemoryDatabase();

    private InMemoryLoginStore at(Instant now) {
        return new InMemoryLoginStore(database, Clock.fixed(now, ZoneOffset.UTC));
    }

    private int tokens() {
        return database.transaction(tables -> tables.refreshTokens.size());
    }

    private int logins() {
        return database.transaction(tables -> tables.logins.size());
    }

    @Test
    void expiredLoginsAreForgottenInTheLongRun() {
        for (int day = 0; day < 20; day++) {
            Instant now = THEN.plus(Duration.ofDays(day));
            InMemoryLoginStore store = at(now);
            for (int i = 0; i < 200; i++) {
                TokenHash first = new TokenHash(day + "." + i);
                store.begin(SessionId.random(), UserId.random(), first, now.plus(Duration.ofHours(1)));
                store.rotate(first, new TokenHash(day + "." + i + "'"), now.plus(Duration.ofHours(1)), now);
            }
        }

        assertThat(tokens()).isLessThan(1_500);
        assertThat(logins()).isLessThan(750);
    }

    @Test
    void loginsThatLiveAreKept() {
        InMemoryLoginStore store = at(THEN);
        for (int i = 0; i < 3_000; i++) {
            store.begin(
                    SessionId.random(),
                    UserId.random(),
                    new TokenHash(Integer.toString(i)),
                    THEN.plus(Duration.ofDays(30)));
        }

        assertThat(tokens()).isEqualTo(3_000);
        assertThat(logins()).isEqualTo(3_000);
    }
}
