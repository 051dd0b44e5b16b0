package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.port.out.SharedLimits;
import dev.confab.chat.port.out.SharedLimits.Bucket;
import dev.confab.chat.port.out.SharedLimits.Use;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SharedLimits} does. An adapter's test implements {@link #here()} and {@link #elsewhere()}, two servers
 * that share everything; both answer the same instance throughout one test.
 */
public interface SharedLimitsContract {

    /** One server. */
    SharedLimits here();

    /** Another server. */
    SharedLimits elsewhere();

    /** A full bucket into which nothing flows while a test runs. */
    private static Bucket slow(int burst) {
        return new Bucket("test:" + UUID.randomUUID(), Duration.ofHours(1), burst);
    }

    private static void assertAbout(Duration actual, Duration expected) {
        assertThat(actual).isBetween(expected.minusMinutes(5), expected.plusMillis(1));
    }

    @Test
    default void aBucketHasItsBurstAndNoMoreOnAllServersTogether() {
        Bucket bucket = slow(3);

        assertThat(here().take(bucket)).isZero();
        assertThat(elsewhere().take(bucket)).isZero();
        assertThat(here().take(bucket)).isZero();

        assertAbout(elsewhere().take(bucket), Duration.ofHours(1));
        assertAbout(here().take(bucket), Duration.ofHours(1));
    }

    @Test
    default void bucketsDoNotKnowOfEachOther() {
        Bucket one = slow(1);
        Bucket other = slow(1);

        assertThat(here().take(one)).isZero();
        assertThat(here().take(other)).isZero();
        assertThat(here().take(one)).isPositive();
    }

    @Test
    default void aTokenComesBackWithTime() {
        Bucket quick = new Bucket("test:" + UUID.randomUUID(), Duration.ofMillis(300), 1);
        assertThat(here().take(quick)).isZero();
        assertThat(here().take(quick)).isBetween(Duration.ofNanos(1), Duration.ofMillis(300));

        Eventually.holds(() -> assertThat(elsewhere().take(quick)).isZero());
    }

    @Test
    default void aChargeTellsHowLongABucketTakesToFill() {
        Bucket one = slow(10);
        Bucket other = slow(10);

        List<Duration> answers = here().charge(List.of(new Use(one, 4), new Use(other, 0), new Use(other, 1)));

        assertThat(answers).hasSize(3);
        assertAbout(answers.get(0), Duration.ofHours(4));
        assertThat(answers.get(1)).isZero();
        assertAbout(answers.get(2), Duration.ofHours(1));
        assertAbout(elsewhere().charge(List.of(new Use(one, 1))).getFirst(), Duration.ofHours(5));
    }

    @Test
    default void aBucketCanBeOverdrawn() {
        Bucket bucket = slow(2);

        assertAbout(here().charge(List.of(new Use(bucket, 5))).getFirst(), Duration.ofHours(5));

        assertAbout(elsewhere().take(bucket), Duration.ofHours(4));
    }

    @Test
    default void whatIsPutBackCanBeTakenAgain() {
        Bucket bucket = slow(1);
        assertThat(here().take(bucket)).isZero();

        elsewhere().charge(List.of(new Use(bucket, -1)));

        assertThat(here().take(bucket)).isZero();
        assertThat(here().take(bucket)).isPositive();
    }

    @Test
    default void noBucketIsMoreThanFull() {
        Bucket bucket = slow(1);

        assertThat(here().charge(List.of(new Use(bucket, -5))).getFirst()).isZero();

        assertThat(here().take(bucket)).isZero();
        assertThat(here().take(bucket)).isPositive();
    }

    @Test
    default void ofManyWhoTakeAtOnceAsManySucceedAsThereAreTokens() {
        Bucket bucket = slow(7);

        List<Duration> waits = AtOnce.call(20, i -> (i % 2 == 0 ? here() : elsewhere()).take(bucket));

        assertThat(waits.stream().filter(Duration::isZero)).hasSize(7);
    }

    @Test
    default void manyBucketsAreChargedAtOnce() {
        List<Use> uses = IntStream.range(0, 1_000)
                .mapToObj(i -> new Use(slow(5), 1 + i % 3))
                .toList();

        List<Duration> answers = here().charge(uses);

        assertThat(answers).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            assertAbout(answers.get(i), Duration.ofHours(1 + i % 3));
        }
        assertThat(here().charge(List.of())).isEmpty();
    }
}
