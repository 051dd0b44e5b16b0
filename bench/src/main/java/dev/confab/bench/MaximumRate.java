package dev.confab.bench;

import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Looks for the highest rate that holds: doubling until one does not, then halving the distance. */
final class MaximumRate {

    private static final int HALVINGS = 4;
    private static final int DOUBLINGS = 16;

    private MaximumRate() {}

    /** Tries a rate. */
    @FunctionalInterface
    interface Trial {
        boolean holds(double rate) throws InterruptedException;
    }

    /**
     * Returns the highest of the rates tried that held, 0 if none did.
     *
     * @param stopped whether to be content with what is known by now
     */
    static double find(double first, Trial trial, BooleanSupplier stopped) throws InterruptedException {
        double begin = first;
        int lower = 0;
        while (stopped.getAsBoolean() || !trial.holds(begin)) {
            if (stopped.getAsBoolean() || ++lower > HALVINGS) {
                return 0;
            }
            begin /= 2; // what was just started is slower than it will be: this says nothing about higher rates yet
        }
        double held = begin;
        double broke = 2 * begin;
        for (int i = 0; i < DOUBLINGS && !stopped.getAsBoolean() && trial.holds(broke); i++) {
            held = broke;
            broke *= 2;
        }
        for (int i = 0; i < HALVINGS && !stopped.getAsBoolean(); i++) {
            double between = (held + broke) / 2;
            if (trial.holds(between)) {
                held = between;
            } else {
                broke = between;
            }
        }
        return held;
    }

    static String verdict(double rate, boolean holds, double p99, long backlog) {
        return String.format(
                Locale.ROOT,
                "%s/s %s: p99 %.1f ms, %,d messages open at the end",
                Report.figure(rate),
                holds ? "holds" : "does not hold",
                p99,
                backlog);
    }
}
