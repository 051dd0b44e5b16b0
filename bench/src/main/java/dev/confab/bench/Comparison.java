package dev.confab.bench;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Two sides of one measurement, made in one run on one machine.
 *
 * @param work what was done, beginning with the number of the target
 * @param measure what both figures count, with the unit
 * @param floor the other side's figure; not a number when it was not measured
 * @param against what the other side is
 * @param target what the ratio should be; null where there is none and the figure only explains another
 * @param sample how many things were counted on our side
 */
record Comparison(
        String work,
        String measure,
        double ours,
        double floor,
        String against,
        @Nullable Target target,
        String sample) {

    /**
     * What a ratio should be.
     *
     * @param bound the least or the most
     * @param most whether it is the most
     */
    record Target(double bound, boolean most) {

        static Target atLeast(double bound) {
            return new Target(bound, false);
        }

        static Target atMost(double bound) {
            return new Target(bound, true);
        }

        boolean isMet(double ratio) {
            return most ? ratio <= bound : ratio >= bound;
        }

        @Override
        public String toString() {
            return (most ? "≤ " : "≥ ") + String.format(Locale.ROOT, "%.2f", bound);
        }
    }

    /** Our side alone, to be compared with another run. */
    static Comparison alone(String work, String measure, double ours, String sample) {
        return new Comparison(work, measure, ours, Double.NaN, "", null, sample);
    }

    /** Whether both sides were measured. */
    boolean hasFloor() {
        return !Double.isNaN(floor);
    }

    /** Ours divided by the floor. */
    double ratio() {
        return ours / floor;
    }

    /** Yes, no, or nothing where there is no target. */
    String met() {
        if (target == null) {
            return "";
        }
        return target.isMet(ratio()) ? "yes" : "no";
    }

    /** The rate of work that passes through several stages one after the other on the same processors. */
    static double inSeries(double... rates) {
        return 1 / Arrays.stream(rates).map(rate -> 1 / rate).sum();
    }
}
