package dev.confab.bench.history;

import java.util.List;
import java.util.Map;

/**
 * What a check came to.
 *
 * @param counts how often each violation was found
 * @param findings the first of each kind
 */
public record Verdict(Tally tally, Map<Violation, Long> counts, List<Finding> findings) {

    public Verdict {
        counts = Map.copyOf(counts);
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found. */
    public boolean holds() {
        return counts.isEmpty();
    }

    /** How many violations there are, also those of which no story is told. */
    public long violations() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A text for people: the tally, then each finding with its story. */
    public String report() {
        StringBuilder text = new StringBuilder(tally.toString()).append('\n');
        if (holds()) {
            return text.append(
                            "Everything held: nothing lost, doubled, reordered, skipped, made up or left unfinished.\n")
                    .toString();
        }
        text.append(String.format("%,d violations:%n", violations()));
        for (Violation each : Violation.values()) {
            Long count = counts.get(each);
            if (count != null) {
                text.append(String.format("  %,d %s: %s%n", count, each, each.meaning()));
            }
        }
        for (Finding finding : findings) {
            text.append('\n').append(finding).append('\n');
            finding.story().forEach(line -> text.append("    ").append(line).append('\n'));
        }
        return text.toString();
    }
}
