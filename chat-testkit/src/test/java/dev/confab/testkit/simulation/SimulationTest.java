package dev.confab.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Interleavings of gateways, workers, relays and clients, with faults between any two steps, keep G1 to G8, G10, G11 and G14. */
class SimulationTest {

    private static final int FIXED_SEEDS = 300;
    private static final Duration FRESH = Duration.ofSeconds(10);

    @Test
    void theSameSeedsKeepEveryGuarantee() {
        Simulation simulation = new Simulation();
        for (long seed = 1; seed <= FIXED_SEEDS; seed++) {
            assertHolds(simulation.run(seed));
        }
    }

    /** A failure prints the seed, which repeats it. */
    @Test
    void seedsThatNobodyTriedKeepEveryGuarantee() {
        Simulation simulation = new Simulation();
        long first = new SecureRandom().nextLong();
        long end = System.nanoTime() + FRESH.toNanos();
        for (long seed = first; System.nanoTime() < end; seed++) {
            assertHolds(simulation.run(seed));
        }
        assertThat(simulation.runs()).isPositive();
    }

    @Test
    void aSeedTellsTheSameStoryEachTime() {
        Run once = Run.random(Tampering.NONE, 7, 300);
        Run twice = Run.random(Tampering.NONE, 7, 300);

        assertThat(twice.taken()).isEqualTo(once.taken());
        assertThat(twice.steps()).isEqualTo(once.steps());
    }

    @Test
    void whatWasNotedIsRepeatedWithoutItsSeed() {
        Run once = Run.random(Tampering.NONE, 8, 300);
        List<String> told = Run.again(Tampering.NONE, once.taken(), true).story();

        Run again = Run.again(Tampering.NONE, once.taken(), true);

        assertThat(again.taken()).isEqualTo(once.taken());
        assertThat(again.steps()).isEqualTo(once.steps());
        assertThat(again.story()).hasSameSizeAs(told);
    }

    private static void assertHolds(Optional<Finding> found) {
        assertThat(found.map(Finding::text)).isEmpty();
    }
}
