package dev.confab.bench.history;

import java.util.TreeSet;

/** How far one client has got in one room, over all its connections. */
final class Progress {

    private final Tally tally;
    private final TreeSet<Long> ahead = new TreeSet<>();
    private boolean begun;
    private long begin;
    private long high;
    private long excused;
    /** What was said not to be pushed and has to be fetched: the next place, and the last one. */
    private long owed = 1;

    private long owedTo;

    Progress(Tally tally) {
        this.tally = tally;
    }

    /** The first join: what lies before is not this client's. */
    void beginAfter(long seq) {
        if (!begun) {
            begun = true;
            begin = seq;
            high = seq;
            ahead.headSet(seq, true).clear();
        }
    }

    /** Counts an event; one that was there already came again. */
    void had(long seq) {
        if (!begun) {
            return;
        }
        if (seq <= high || !ahead.add(seq)) {
            tally.again++;
            return;
        }
        tally.delivered++;
        while (ahead.remove(high + 1)) {
            high++;
        }
    }

    /** The client was told to begin anew here: nobody promised it what lies before. */
    void excuseUntil(long seq) {
        if (begun && seq > high) {
            excused += seq - high - ahead.headSet(seq, true).size();
            ahead.headSet(seq, true).clear();
            high = seq;
            while (ahead.remove(high + 1)) {
                high++;
            }
        }
    }

    /** The places name other events from here on: what was due in the life before is settled, and counting begins anew. */
    void startOver(long seq) {
        if (begun) {
            tally.expected += Math.max(0, high - begin - excused) + ahead.size();
        }
        begun = true;
        begin = seq;
        high = seq;
        excused = 0;
        owed = 1;
        owedTo = 0;
        ahead.clear();
    }

    /**
     * The client says that it has had everything up to there; it is taken at its word from now on.
     *
     * @return the first place that it had not, or 0
     */
    long claim(long seq) {
        if (seq < owed) {
            owedTo = 0; // it asks for them again
        }
        if (!begun || seq <= high || owes()) {
            return 0;
        }
        long first = high + 1;
        ahead.headSet(seq, true).clear();
        high = seq;
        return first;
    }

    /** The client was told to fetch these. */
    void owe(long from, long to) {
        if (owed > owedTo) {
            owed = from;
        }
        owedTo = Math.max(owedTo, to);
    }

    /** A place was fetched; returns the place that should have been instead, or 0. */
    long fetched(long seq) {
        if (owed > owedTo || seq < owed) {
            return 0;
        }
        long due = owed;
        owed = seq + 1;
        return seq == due ? 0 : due;
    }

    boolean owes() {
        return owed <= owedTo;
    }

    long owed() {
        return owed;
    }

    long owedTo() {
        return owedTo;
    }

    /** Takes into account how many events there were for this client. */
    void expectUntil(long seq) {
        if (begun) {
            tally.expected += Math.max(0, Math.max(seq, high) - begin - excused);
        }
    }
}
