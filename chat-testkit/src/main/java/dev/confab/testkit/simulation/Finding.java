package dev.confab.testkit.simulation;

import java.util.List;

/**
 * A guarantee that was broken.
 *
 * @param seed repeats the run
 * @param rule the guarantee
 * @param how how it was seen
 * @param steps after how many steps of all runs since the beginning it was seen
 * @param moves how many moves are left in the shortest story that was found
 * @param story that story, in lines
 */
public record Finding(long seed, String rule, String how, long steps, int moves, List<String> story) {

    /** The whole of it as text. */
    public String text() {
        return rule + ": " + how + "\nseed " + seed + ", " + moves + " moves and then everything heals\n"
                + String.join("\n", story);
    }
}
