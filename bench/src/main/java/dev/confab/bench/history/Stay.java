package dev.confab.bench.history;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * One client in one room over one connection, from its first event there on: whether what it is shown comes in order, once
 * and without a hole.
 *
 * <p>A sender's own messages are shown to all its connections, joined or not, and again each time that
 * they are sent again or published again. Until the answer to a join they may therefore come several times and once again in
 * the replay; nothing else may come twice.
 */
final class Stay {

    /** A larger jump is told at once: nobody waits for that many to come late. */
    private static final long LARGEST_JUMP = 100_000;

    private final Judge judge;
    private final Map<Long, Integer> early = new HashMap<>();
    /** Places that were jumped over and may still come late. */
    private final TreeSet<Long> missing = new TreeSet<>();

    private State state = State.OUTSIDE;
    private boolean again;
    private boolean fromNow;
    private long cursor;
    private long late;

    private enum State {
        OUTSIDE,
        JOINING,
        LIVE
    }

    /** Hears what is wrong. */
    interface Judge {
        void wrong(Violation violation, long line, long from, long to, String text);
    }

    Stay(Judge judge) {
        this.judge = judge;
    }

    boolean isLive() {
        return state == State.LIVE;
    }

    /** The last event that came in its turn. */
    long last() {
        return cursor;
    }

    void joining(Operation.Joining join) {
        again = state != State.OUTSIDE;
        state = State.JOINING;
        fromNow = join.lastSeq() == Operation.Joining.NONE;
        cursor = Math.max(0, join.lastSeq());
        missing.clear();
        late = 0;
    }

    void joined(long line, Operation.Joined answer) {
        if (answer.begin() == Operation.Begin.RECOVERED && !fromNow) {
            advanceOverEarly();
            if (cursor < answer.head()) {
                judge.wrong(
                        Violation.SKIPPED,
                        line,
                        cursor + 1,
                        answer.head(),
                        "the replay ended at " + cursor + " and was said to be complete at " + answer.head());
            }
            if (!again && late > answer.head()) {
                judge.wrong(
                        Violation.REORDERED,
                        line,
                        answer.head(),
                        late,
                        "event " + late + " came before the answer to the join, which stands at " + answer.head());
            }
        }
        tellMissing(line);
        state = State.LIVE;
        cursor = answer.head();
        early.clear();
    }

    void notJoined() {
        state = State.OUTSIDE;
    }

    void left(long line) {
        tellMissing(line);
        state = State.OUTSIDE;
        early.clear();
    }

    /** Events up to there were said not to be pushed. */
    void skipTo(long seq) {
        cursor = Math.max(cursor, seq);
        missing.headSet(seq, true).clear();
    }

    /**
     * An event was pushed.
     *
     * @param own whether this client's user may have caused it
     */
    void received(long line, long seq, boolean own) {
        switch (state) {
            case OUTSIDE -> outside(line, seq, own);
            case JOINING -> joining(line, seq, own);
            case LIVE -> live(line, seq);
        }
    }

    private void outside(long line, long seq, boolean own) {
        int times = early.merge(seq, 1, Integer::sum);
        if (times > 1) {
            if (own) {
                return;
            }
            judge.wrong(Violation.DUPLICATE, line, seq, seq, "event " + seq + " came twice");
        } else if (seq < late) {
            judge.wrong(Violation.REORDERED, line, seq, late, "event " + seq + " came after " + late);
        }
        late = Math.max(late, seq);
    }

    private void joining(long line, long seq, boolean own) {
        int times = early.merge(seq, 1, Integer::sum);
        if (!own && times > (again ? 2 : 1)) {
            judge.wrong(Violation.DUPLICATE, line, seq, seq, "event " + seq + " came " + times + " times");
            return;
        }
        if (own || again || fromNow) {
            return;
        }
        advanceOverEarly(seq);
        late = Math.max(late, seq);
        inOrder(line, seq);
    }

    private void live(long line, long seq) {
        inOrder(line, seq);
    }

    private void inOrder(long line, long seq) {
        if (seq == cursor + 1) {
            cursor = seq;
        } else if (seq > cursor + 1) {
            if (seq - cursor > LARGEST_JUMP) {
                judge.wrong(
                        Violation.SKIPPED, line, cursor + 1, seq - 1, "after " + cursor + " came " + seq + " at once");
            } else {
                for (long each = cursor + 1; each < seq; each++) {
                    missing.add(each);
                }
            }
            cursor = seq;
        } else if (missing.remove(seq)) {
            judge.wrong(Violation.REORDERED, line, seq, cursor, "event " + seq + " came after " + cursor);
        } else {
            judge.wrong(Violation.DUPLICATE, line, seq, seq, "event " + seq + " came again, after " + cursor);
        }
    }

    /** One's own events that came early need not come again, as far as this is concerned. */
    private void advanceOverEarly(long before) {
        while (cursor + 1 < before && early.containsKey(cursor + 1)) {
            cursor++;
        }
    }

    private void advanceOverEarly() {
        advanceOverEarly(Long.MAX_VALUE);
    }

    /** Says what was jumped over and came no more; to be called when nothing can come any more. */
    void tellMissing(long line) {
        if (!missing.isEmpty()) {
            judge.wrong(
                    Violation.SKIPPED,
                    line,
                    missing.first(),
                    missing.last(),
                    missing.size() == 1
                            ? "event " + missing.first() + " never came"
                            : missing.size() + " events between " + missing.first() + " and " + missing.last()
                                    + " never came");
            missing.clear();
        }
    }

    /** Everything up to there must have come by now. */
    void mustHave(long line, long seq) {
        tellMissing(line);
        if (cursor < seq) {
            judge.wrong(
                    Violation.SKIPPED,
                    line,
                    cursor + 1,
                    seq,
                    "events from " + (cursor + 1) + " to " + seq + " never came, " + cursor + " was the last one");
            cursor = seq;
        }
    }
}
