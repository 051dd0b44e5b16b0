package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaximumRateTest {

    @Test
    void theHighestRateIsFoundByDoublingAndHalving() throws InterruptedException {
        List<Double> tried = new ArrayList<>();
        double found = MaximumRate.find(
                100,
                rate -> {
                    tried.add(rate);
                    return rate <= 1_100;
                },
                () -> false);

        assertThat(tried).startsWith(100.0, 200.0, 400.0, 800.0, 1_600.0, 1_200.0, 1_000.0);
        assertThat(found).isBetween(1_000.0, 1_100.0);
    }

    @Test
    void belowARateThatDoesNotHoldLowerOnesAreTried() throws InterruptedException {
        assertThat(MaximumRate.find(100, rate -> rate <= 30, () -> false)).isBetween(25.0, 30.0);
    }

    @Test
    void aFirstTrialThatFailedOnceIsNoUpperLimit() throws InterruptedException {
        int[] trials = {0};

        assertThat(MaximumRate.find(100, rate -> ++trials[0] > 1 && rate <= 1_000, () -> false))
                .isBetween(900.0, 1_000.0);
    }

    @Test
    void whereNothingHoldsThereIsNone() throws InterruptedException {
        assertThat(MaximumRate.find(100, rate -> false, () -> false)).isZero();
    }

    @Test
    void whoIsStoppedIsContentWithWhatIsKnown() throws InterruptedException {
        int[] trials = {0};

        assertThat(MaximumRate.find(100, rate -> ++trials[0] > 0, () -> trials[0] == 2))
                .isEqualTo(200.0);
    }
}
