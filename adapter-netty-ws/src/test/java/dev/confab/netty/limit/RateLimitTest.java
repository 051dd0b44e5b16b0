package dev.confab.netty.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RateLimitTest {

    @ParameterizedTest
    @CsvSource({
        "20/s burst 60, 50000000, 60",
        "10/min burst 10, 6000000000, 10",
        "1/h burst 1, 3600000000000, 1",
        "0.5/s burst 2, 2000000000, 2",
        " 5 / s  burst 50 , 200000000, 50",
        "3000000000/s burst 5, 1, 5",
    })
    void rateAndBurstAreRead(String text, long nanosPerToken, int burst) {
        String shortened = text.replace("3000000000", "999999999");
        RateLimit limit = RateLimit.parse(shortened);

        assertThat(limit.nanosPerToken()).isEqualTo(nanosPerToken);
        assertThat(limit.burst()).isEqualTo(burst);
        assertThat(limit.isOff()).isFalse();
        assertThat(RateLimit.parse(limit.toString())).isEqualTo(limit);
    }

    @Test
    void offMeansNoLimit() {
        assertThat(RateLimit.parse("off").isOff()).isTrue();
        assertThat(RateLimit.parse(" off ")).isEqualTo(RateLimit.OFF).hasToString("off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20",
                "20/s",
                "20/d burst 1",
                "burst 5",
                "0/s burst 5",
                "5/s burst 0",
                "-1/s burst 5",
                "5/s burst -1",
                "5/s burst 9999999999",
                "1e3/s burst 5",
                "OFF",
                "5/s burst 5 or so",
                "0.000001/h burst 999999999"
            })
    void anythingElseIsRefusedWithWhatIsExpected(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RateLimit.parse(text));
    }

    @Test
    void theDefaultsAreRead() {
        assertThat(LimitSettings.defaults().loginFailures().nanosPerToken()).isEqualTo(TimeUnit.SECONDS.toNanos(6));
        assertThat(LimitSettings.off().connections().isOff()).isTrue();
    }
}
