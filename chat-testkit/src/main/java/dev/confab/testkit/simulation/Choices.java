package dev.confab.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where every decision within one step comes from: made by chance and noted, or as it was noted before. Zero is always
 * the calm choice, and what a note does not say is zero.
 */
final class Choices {

    private @Nullable RandomGenerator random;
    private final List<Integer> made = new ArrayList<>();
    private List<Integer> before = List.of();
    private int at;

    /** Begins a step that is decided by chance. */
    void decideBy(RandomGenerator chance) {
        random = chance;
        made.clear();
    }

    /** Begins a step that was decided before. */
    void repeat(List<Integer> noted) {
        random = null;
        before = noted;
        at = 0;
    }

    /** A number from 0 to {@code bound - 1}. */
    int pick(int bound) {
        if (random == null) {
            return at < before.size() ? before.get(at++) % bound : 0;
        }
        int value = random.nextInt(bound);
        made.add(value);
        return value;
    }

    /** Something rare: once in so many times, and never when all is calm. */
    boolean rarely(int once) {
        return pick(once) == 1;
    }

    /** What was decided by chance in this step. */
    List<Integer> noted() {
        return List.copyOf(made);
    }
}
