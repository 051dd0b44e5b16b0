package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bench.fault.Fault;
import dev.confab.bench.fault.FaultKind;
import dev.confab.bench.fault.Schedule;
import dev.confab.bench.fault.Victim;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What {@code ./confab torture} does for hours, for two minutes: faults of every kind, on every kind of server, while people
 * chat (G1 to G7, G10, G11). A history that shows something wrong stays below {@code target}.
 */
class TortureIT {

    private static final Schedule.Scope SCOPE = new Schedule.Scope(11, EnumSet.allOf(FaultKind.class), 2, 2);

    /** Together they have every kind of fault, every kind of victim, and 23 of the 33 pairs of them. */
    private static final List<Long> SEEDS = List.of(385L, 1606L, 860L, 1619L, 20L);

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    @Test
    void theFixedSeedsHaveEveryKindOfFaultAndOfVictim() {
        List<Fault> faults = SEEDS.stream()
                .flatMap(seed -> Schedule.of(seed, SCOPE).faults().stream())
                .toList();

        assertThat(faults).extracting(Fault::kind).contains(FaultKind.values());
        assertThat(faults).extracting(fault -> fault.victim().type()).contains(Victim.Type.values());
    }

    @Test
    void nothingThatWasPromisedIsBrokenWhateverElseIs() throws Exception {
        List<Long> seeds = new ArrayList<>(SEEDS);
        long fresh = new SecureRandom().nextInt(1_000_000_000);
        seeds.add(fresh);
        out.printf(
                "the fresh seed is %d: ./confab torture --seconds-per-round 11 --rounds 1 --seed %d%n", fresh, fresh);
        Path folder = Files.createDirectories(Path.of("target", "torture"));
        try (TorturedServers servers = TorturedServers.start(2, 2, out, Clock.systemUTC())) {
            for (long seed : seeds) {
                Path file = folder.resolve("seed-" + seed + ".jsonl");
                LoadPlan plan = new LoadPlan(30, 12, 10, 5, 2, 2, 80, 0, SCOPE.seconds(), 0, 96, seed);
                TortureResult result = new TortureRound(servers, plan, Schedule.of(seed, SCOPE), file).run();
                out.printf(Locale.ROOT, "seed %d: %s%n", seed, result.line());
                assertThat(result.holds())
                        .as("seed %d: %s", seed, result.report())
                        .isTrue();
                assertThat(result.verdict().tally().stored()).isPositive().isEqualTo(result.due());
                assertThat(result.verdict().tally().changes()).isPositive();
                assertThat(result.happened()).hasSameSizeAs(result.schedule().faults());
                Files.delete(file);
            }
        }
    }
}
