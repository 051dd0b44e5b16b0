package dev.confab.bench.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds in a history whether a guarantee was broken. Reads it twice, and a third time to tell the stories of what it found.
 *
 * <p>Memory: what was sent and what is stored is kept, what was shown is not.
 */
public final class HistoryChecker {

    /** Findings whose story is told, and lines of each. */
    private static final int STORIES = 20;

    private static final int LINES = 16;

    private HistoryChecker() {}

    /** Checks it. */
    public static Verdict check(HistorySource history) throws IOException {
        Findings findings = new Findings();
        Tally tally = new Tally();
        Ledger ledger = new Ledger(findings, tally);
        history.read(ledger);
        tally.clients = ledger.clients();
        new Settlement(ledger, findings, tally).settle();
        history.read(new Following(ledger, findings, tally));
        if (!ledger.isEnded() && tally.joins > 0) {
            findings.add(
                    Violation.UNPROVED,
                    1,
                    new Anchor(Operation.At.NOBODY, null, -1, -1, null),
                    "nothing says up to where those in the rooms had to get");
        }
        return new Verdict(tally, findings.counts(), tell(history, findings.kept()));
    }

    private static List<Finding> tell(HistorySource history, List<Findings.Open> kept) throws IOException {
        List<Story> stories =
                kept.stream().limit(STORIES).map(open -> new Story(open, LINES)).toList();
        if (!stories.isEmpty()) {
            history.read((line, operation) -> stories.forEach(story -> story.take(line, operation)));
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            Findings.Open open = kept.get(i);
            findings.add(new Finding(
                    open.violation(),
                    open.text(),
                    open.line(),
                    i < stories.size() ? stories.get(i).lines() : List.of()));
        }
        return findings;
    }
}
