package dev.confab.netty.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.inmemory.InMemorySharedLimits;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.LimitsUnavailableException;
import dev.confab.chat.port.out.SharedLimits;
import dev.confab.testkit.Eventually;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several servers on one set of shared limits, and what becomes of them while those are away. */
final class SharedLimitsTest {

    private static final ClientAddress HOME = new ClientAddress(4, 1);

    private final Switchable shared = new Switchable();
    private final LimitSettings settings = settings();
    private final Limits here = new Limits(settings, System::nanoTime, shared);
    private final Limits elsewhere = new Limits(settings, System::nanoTime, shared);
    private final UserId kim = UserId.random();

    private static LimitSettings settings() {
        RateLimit five = RateLimit.parse("1/h burst 5");
        return new LimitSettings(five, five, five, five, five, five, five);
    }

    /** Shared limits that can be away. */
    private static final class Switchable implements SharedLimits {
        private final SharedLimits limits = new InMemorySharedLimits(Clock.systemUTC());
        private volatile boolean away;

        private void require() {
            if (away) {
                throw new LimitsUnavailableException("away", new IllegalStateException());
            }
        }

        @Override
        public List<Duration> charge(List<Use> uses) {
            require();
            return limits.charge(uses);
        }

        @Override
        public Duration take(Bucket bucket) {
            require();
            return limits.take(bucket);
        }
    }

    @AfterEach
    void close() {
        here.close();
        elsewhere.close();
    }

    private int passed(Limits limits, int asked) {
        int passed = 0;
        for (int i = 0; i < asked; i++) {
            passed += limits.takeMessage(kim) == 0 ? 1 : 0;
        }
        return passed;
    }

    @Test
    void whatWasSentOnOneServerIsMissingOnTheOther() {
        assertThat(passed(here, 4)).isEqualTo(4);
        SharedLimits.Bucket bucket = new SharedLimits.Bucket(
                "messages:" + kim, Duration.ofHours(1), settings.messages().burst());
        Eventually.holds(() -> assertThat(
                        shared.charge(List.of(new SharedLimits.Use(bucket, 0))).getFirst())
                .isGreaterThan(Duration.ofHours(3)));

        // The first may pass before this server has heard; after it there is nothing left.
        assertThat(elsewhere.takeMessage(kim)).isZero();
        Eventually.holds(() -> assertThat(elsewhere.takeMessage(kim)).isPositive());

        assertThat(elsewhere.takeMessage(UserId.random())).isZero();
    }

    @Test
    void aRefusalTellsWhenToComeBackOnAnyServer() {
        passed(here, 5);
        passed(elsewhere, 5);

        // Ten were let through where five may be: the next one is due when six have come back.
        Eventually.holds(() -> assertThat(TimeUnit.NANOSECONDS.toMinutes(here.takeMessage(kim)))
                .isBetween(5 * 60L, 6 * 60L));
    }

    @Test
    void wrongPasswordsAreCountedExactly() {
        for (int i = 0; i < 5; i++) {
            Limits server = i % 2 == 0 ? here : elsewhere;
            assertThat(server.takeLogin("kim@example.org", HOME)).isZero();
        }

        assertThat(here.takeLogin("KIM@example.org", HOME)).isPositive();
        assertThat(elsewhere.takeLogin("kim@example.org", HOME)).isPositive();
        here.giveBackLogin("kim@example.org", HOME);
        assertThat(elsewhere.takeLogin("kim@example.org", HOME)).isZero();
        assertThat(elsewhere.takeLogin("lee@example.org", HOME)).isZero();
    }

    @Test
    void registrationsAreCountedExactly() {
        for (int i = 0; i < 5; i++) {
            assertThat((i % 2 == 0 ? here : elsewhere).takeRegister(HOME)).isZero();
        }

        assertThat(here.takeRegister(HOME)).isPositive();
        assertThat(elsewhere.takeRegister(HOME)).isPositive();
    }

    @Test
    void eachServerGoesByItsOwnBucketsWhileTheSharedOnesAreAway() {
        shared.away = true;

        assertThat(passed(here, 7)).isEqualTo(5);
        assertThat(passed(elsewhere, 7)).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            assertThat(here.takeLogin("kim@example.org", HOME)).isZero();
        }
        assertThat(here.takeLogin("kim@example.org", HOME)).isPositive();

        shared.away = false;
        assertThat(elsewhere.takeLogin("kim@example.org", HOME)).isZero();
    }

    @Test
    void limitsThatAreOffAskNobody() {
        shared.away = true;
        try (Limits off = new Limits(LimitSettings.off(), System::nanoTime, shared)) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(off.takeMessage(kim)).isZero();
                assertThat(off.takeLogin("kim@example.org", HOME)).isZero();
            }
        }
    }
}
