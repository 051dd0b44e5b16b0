package dev.confab.bench.history;

import java.util.List;

/**
 * One violation.
 *
 * @param text what is wrong, in a sentence
 * @param line where it shows
 * @param story the operations around it, each with its line; empty where there were too many findings to tell all
 */
public record Finding(Violation violation, String text, long line, List<String> story) {

    public Finding {
        story = List.copyOf(story);
    }

    @Override
    public String toString() {
        return violation + " (line " + line + "): " + text;
    }
}
