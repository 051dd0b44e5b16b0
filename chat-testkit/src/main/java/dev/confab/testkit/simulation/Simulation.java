package dev.confab.testkit.simulation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries interleavings: each seed is a run of some hundred moves in a fresh world of gateways, workers and clients, with
 * faults, after which everything heals and the guarantees are looked at once more. What it does depends on the seed, the
 * length and the program alone.
 *
 * <p>Used by one thread. Blocks; it uses one processor.
 */
public final class Simulation {

    /** Moves of a run unless told otherwise. */
    public static final int DEFAULT_LENGTH = 400;

    private static final int SHRINKING_RUNS = 3_000;

    private final Supplier<Tampering> tampering;
    private final int length;
    private long steps;
    private long runs;

    /** A simulation of the program as it is. */
    public Simulation() {
        this(() -> Tampering.NONE, DEFAULT_LENGTH);
    }

    /**
     * A simulation of a program that was tampered with.
     *
     * @param tampering makes it anew for each run, so that a run depends on nothing but its seed
     * @param length moves of a run before everything heals, at least 1
     */
    public Simulation(Supplier<Tampering> tampering, int length) {
        this.tampering = tampering;
        this.length = length;
    }

    /** Steps that were made so far, without those that were made to shorten a story. */
    public long steps() {
        return steps;
    }

    /** Runs that were made so far. */
    public long runs() {
        return runs;
    }

    /**
     * One run. Empty when nothing was broken; else the finding with the shortest story that was found.
     */
    public Optional<Finding> run(long seed) {
        // Handing over from one virtual thread to another takes a fraction of what it takes between other threads.
        FutureTask<Optional<Finding>> task = new FutureTask<>(() -> runHere(seed));
        Thread.ofVirtual().name("simulation").start(task);
        try {
            return task.get();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("The simulation of seed " + seed + " failed", fault.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in seed " + seed, interrupted);
        }
    }

    private Optional<Finding> runHere(long seed) {
        Run run = Run.random(tampering.get(), seed, length);
        runs++;
        steps += run.steps();
        Judge.Breach breach = run.breach();
        return breach == null ? Optional.empty() : Optional.of(shortened(seed, run, breach));
    }

    /** Runs of one seed after another until the first finding, or until that many steps were made. */
    public Optional<Finding> runs(long firstSeed, long mostSteps) {
        long until = steps + mostSteps;
        for (long seed = firstSeed; steps < until; seed++) {
            Optional<Finding> found = run(seed);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Finding shortened(long seed, Run run, Judge.Breach breach) {
        List<Run.Taken> shortest = new Shrinking(tampering, breach.rule(), SHRINKING_RUNS).shortest(run.taken());
        Run told = Run.again(tampering.get(), shortest, true);
        Judge.@Nullable Breach again = told.breach();
        if (again == null || !again.rule().equals(breach.rule())) {
            // Something depends on more than the choices; what was seen is reported all the same.
            told = Run.again(tampering.get(), run.taken(), true);
            again = breach;
        }
        return new Finding(seed, again.rule(), again.how(), steps, told.taken().size(), told.story());
    }
}
