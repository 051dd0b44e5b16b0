package dev.confab.bench.history;

/** How much of everything there was in a history. */
public final class Tally {

    long operations;
    long clients;
    long connections;
    long joins;
    long resumes;
    long gaps;
    long resets;
    long roomHeads;
    long sent;
    long sends;
    long accepted;
    long failed;
    long unknown;
    long rejected;
    long stored;
    long changes;
    long received;
    long fetched;
    long expected;
    long delivered;
    long again;
    long faults;

    Tally() {}

    /** Operations in the file. */
    public long operations() {
        return operations;
    }

    /** Connections that were greeted. */
    public long connections() {
        return connections;
    }

    /** Joins with a {@code lastSeq}. */
    public long resumes() {
        return resumes;
    }

    /** Different messages that were sent, however often each. */
    public long sends() {
        return sends;
    }

    /** Those of {@link #sends()} that were accepted. */
    public long accepted() {
        return accepted;
    }

    /** Messages of people in the final histories. */
    public long stored() {
        return stored;
    }

    /** Events that were due to those in the rooms, each counted once for each reader. */
    public long expected() {
        return expected;
    }

    /** Those of {@link #expected()} that arrived, each counted once however often it came. */
    public long delivered() {
        return delivered;
    }

    /** Events that came to a reader who had had them over an earlier connection. */
    public long again() {
        return again;
    }

    /** Joins that were answered with a reset. */
    public long resets() {
        return resets;
    }

    /** Edits and deletions in the final histories. */
    public long changes() {
        return changes;
    }

    @Override
    public String toString() {
        return String.format(
                "%,d operations of %,d clients over %,d connections; %,d faults%n"
                        + "sent: %,d messages in %,d attempts, %,d accepted, %,d failed, %,d outcome-unknown, %,d rejected"
                        + " afterwards, %,d stored%n"
                        + "joined: %,d times, %,d of them to resume; %,d gaps, %,d resets, %,d times too slow%n"
                        + "deliveries: %,d of %,d; %,d pushed, %,d fetched, %,d came again over another connection",
                operations,
                clients,
                connections,
                faults,
                sends,
                sent,
                accepted,
                failed,
                unknown,
                rejected,
                stored,
                joins,
                resumes,
                gaps,
                resets,
                roomHeads,
                delivered,
                expected,
                received,
                fetched,
                again);
    }
}
