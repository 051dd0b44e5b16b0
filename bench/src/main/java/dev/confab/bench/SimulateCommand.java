package dev.confab.bench;

import dev.confab.testkit.simulation.Finding;
import dev.confab.testkit.simulation.Simulation;
import dev.confab.testkit.simulation.Tampering;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tries interleavings in a deterministic simulation, and tells the shortest story of the first that breaks a guarantee. */
@Command(
        name = "simulate",
        description =
                "Tries interleavings of gateways, workers, relays and clients around the in-memory stores, with"
                        + " crashes, lost answers and late and repeated deliveries between any two steps; no servers, no network.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A run makes some moves that its seed decides; then everything heals, and what was promised must be so.",
            "Exit code 0: no guarantee was broken. 1: one was; the seed and the shortest story that was found are printed.",
            "The same seed, length and program give the same run. Give --seed alone to repeat one run."
        })
final class SimulateCommand implements Callable<Integer> {

    private static final long REPORT_NANOS = Duration.ofSeconds(5).toNanos();

    @Option(names = "--seed", paramLabel = "N", description = "The first seed; default: one by chance.")
    private @Nullable Long seed;

    @Option(names = "--steps", paramLabel = "N", description = "Ends once that many steps were made.")
    private @Nullable Long steps;

    @Option(names = "--minutes", paramLabel = "N", description = "Ends after that many minutes; default: 1.")
    private @Nullable Integer minutes;

    @Option(
            names = "--length",
            paramLabel = "N",
            description = "Moves of each run before everything heals; default: " + Simulation.DEFAULT_LENGTH + ".")
    private int length = Simulation.DEFAULT_LENGTH;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        check(steps == null || steps > 0, "--steps is 1 or greater");
        check(minutes == null || (minutes > 0 && minutes <= 1_440), "--minutes is 1 to 1440");
        check(length > 0 && length <= 100_000, "--length is 1 to 100000");
        PrintWriter out = spec.commandLine().getOut();
        Simulation simulation = new Simulation(() -> Tampering.NONE, length);
        long first = seed == null ? new SecureRandom().nextLong() >>> 1 : seed;
        boolean once = seed != null && steps == null && minutes == null;
        out.printf("seeds from %d on, %d moves each%n", first, length);
        out.flush();
        long begin = System.nanoTime();
        long end = begin + limit().toNanos();
        long reported = begin;
        long last = first;
        Optional<Finding> found = Optional.empty();
        for (long next = first; found.isEmpty(); next++) {
            last = next;
            found = simulation.run(next);
            long now = System.nanoTime();
            if (once || now - end >= 0 || (steps != null && simulation.steps() >= steps)) {
                break;
            }
            if (now - reported > REPORT_NANOS) {
                reported = now;
                tell(out, simulation, now - begin);
            }
        }
        tell(out, simulation, System.nanoTime() - begin);
        if (found.isPresent()) {
            Finding finding = found.get();
            out.printf(
                    "%n%s%n%nrepeat it with ./confab simulate --seed %d --length %d%n",
                    finding.text(), finding.seed(), length);
        } else {
            out.printf("no guarantee was broken by seeds %d to %d%n", first, last);
        }
        out.flush();
        return found.isPresent() ? 1 : 0;
    }

    private Duration limit() {
        if (minutes != null) {
            return Duration.ofMinutes(minutes);
        }
        return steps == null ? Duration.ofMinutes(1) : Duration.ofDays(1);
    }

    private static void tell(PrintWriter out, Simulation simulation, long nanos) {
        out.printf(
                "%,d steps in %,d runs, %,.0f steps/s%n",
                simulation.steps(), simulation.runs(), simulation.steps() * 1e9 / Math.max(1, nanos));
        out.flush();
    }

    private void check(boolean holds, String rule) {
        if (!holds) {
            throw new CommandLine.ParameterException(spec.commandLine(), rule);
        }
    }
}
