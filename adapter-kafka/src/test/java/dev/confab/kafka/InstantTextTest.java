package dev.confab.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {

    @Property
    void anyMomentIsReadBackAsItWasWritten(
            @ForAll @LongRange(min = -100_000_000_000L, max = 400_000_000_000L) long seconds,
            @ForAll @IntRange(min = 0, max = 999_999_999) int nanos) {
        Instant instant = Instant.ofEpochSecond(seconds, nanos);
        assertThat(InstantText.read(InstantText.write(instant))).isEqualTo(instant);
    }

    @Property
    void millisecondsAreWrittenWithThreeDigits(@ForAll @LongRange(min = 0, max = 253_402_300_799_999L) long millis) {
        Instant instant = Instant.ofEpochMilli(millis);
        String text = InstantText.write(instant);
        assertThat(text).hasSize(24);
        assertThat(Instant.parse(text)).isEqualTo(instant);
        assertThat(InstantText.read(text)).isEqualTo(instant);
    }

    @Test
    void shorterFormsAreRead() {
        assertThat(InstantText.read("2026-02-24T06:00:00Z")).isEqualTo(Instant.parse("2026-02-24T06:00:00Z"));
        assertThat(InstantText.read("2026-02-24T06:00:00.123456Z"))
                .isEqualTo(Instant.parse("2026-02-24T06:00:00.123456Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-02-30T06:00:00.000Z",
                "2026-13-01T06:00:00.000Z",
                "2026-02-24T25:00:00.000Z",
                "2026-02-24T06:60:00.000Z",
                "2026-02-24T06:00:00.+12Z",
                "2026-02-24 06:00:00.000Z",
                "2026-02-24T06:00:00.0000"
            })
    void whatIsNoMomentIsNotRead(String text) {
        assertThat(InstantText.read(text)).isNull();
    }
}
