package dev.confab.bench.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects findings: all are counted, the first of each kind are kept. */
final class Findings {

    /** Of each kind; more would not be read. */
    private static final int KEPT = 50;

    private final Map<Violation, Long> counts = new EnumMap<>(Violation.class);
    private final List<Open> kept = new ArrayList<>();

    /** A finding whose story is not told yet. */
    record Open(Violation violation, String text, long line, Anchor anchor) {}

    void add(Violation violation, long line, Anchor anchor, String text) {
        long count = counts.merge(violation, 1L, Long::sum);
        if (count <= KEPT) {
            kept.add(new Open(violation, text, line, anchor));
        }
    }

    List<Open> kept() {
        return kept;
    }

    Map<Violation, Long> counts() {
        return counts;
    }
}
