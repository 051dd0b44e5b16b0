package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.confab.bench.Comparison.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

    private static Comparison comparison(double ours, double floor, @Nullable Target target) {
        return new Comparison("P0", "things/s", ours, floor, "the floor", target, "1 thing");
    }

    @Test
    void stagesInSeriesAreSlowerThanTheSlowest() {
        assertThat(Comparison.inSeries(200, 200)).isEqualTo(100, within(1e-9));
        assertThat(Comparison.inSeries(448_000, 115_000)).isEqualTo(91_509, within(1.0));
        assertThat(Comparison.inSeries(42)).isEqualTo(42, within(1e-9));
    }

    @Test
    void aRateMustReachItsTarget() {
        assertThat(comparison(50, 100, Target.atLeast(0.5)).met()).isEqualTo("yes");
        assertThat(comparison(49, 100, Target.atLeast(0.5)).met()).isEqualTo("no");
    }

    @Test
    void aTimeMustNotExceedItsTarget() {
        assertThat(comparison(2, 1, Target.atMost(2)).met()).isEqualTo("yes");
        assertThat(comparison(2.1, 1, Target.atMost(2)).met()).isEqualTo("no");
    }

    @Test
    void withoutATargetNothingIsMetOrMissed() {
        assertThat(comparison(1, 2, null).met()).isEmpty();
    }

    @Test
    void theTableShowsBothSidesAndTheirRatio() {
        assertThat(Report.table(List.of(comparison(1_500, 3_000, Target.atLeast(0.6)))))
                .contains("| P0 | things/s | 1,500 | 3,000 | the floor | 0.50 | ≥ 0.60 | no | 1 thing |");
    }

    @Test
    void theJsonShowsBothSidesAndTheCircumstances() {
        assertThat(Report.json(Map.of("jdk", "a \"25\""), List.of(comparison(1, 2, null))))
                .contains("\"jdk\": \"a \\\"25\\\"\"")
                .contains("\"ours\": 1.000, \"floor\": 2.000")
                .contains("\"target\": null, \"met\": null");
    }
}
