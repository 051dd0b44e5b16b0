package dev.confab.netty.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-02-24T06:00:00Z, 2026-02-24T06:00:00.000Z",
        "2026-02-24T06:00:00.1Z, 2026-02-24T06:00:00.100Z",
        "2024-02-29T23:59:59.999999999Z, 2024-02-29T23:59:59.999Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z",
    })
    void momentsHaveThreeDigitsOfMilliseconds(Instant instant, String text) {
        assertThat(Timestamps.format(instant)).isEqualTo(text);
    }

    @Test
    void anyMomentIsWrittenAsTheLibraryWould() {
        DateTimeFormatter formatter =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            Instant instant = Instant.ofEpochMilli(random.nextLong(253_402_300_800_000L));
            assertThat(Timestamps.format(instant)).isEqualTo(formatter.format(instant));
        }
    }

    @Test
    void aYearOfFiveDigitsIsNoTimestamp() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timestamps.format(Instant.parse("+10000-01-01T00:00:00Z")));
    }
}
