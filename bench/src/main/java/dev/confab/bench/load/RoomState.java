package dev.confab.bench.load;

/** Where one client stands in one room. Used on the client's event loop alone. */
final class RoomState {

    /** The room's number in the run. */
    final int room;

    private boolean known;
    private boolean live;
    /** Everything up to here was shown or fetched. */
    private long seen;
    /** What came live while earlier events were still to be fetched. */
    private long ahead;

    private long owedTo;
    /** The life of the store that the places are of. */
    private String epoch = "";

    RoomState(int room) {
        this.room = room;
    }

    /** What to resume from; -1 where the client never was in the room. */
    long lastSeq() {
        return known ? seen : -1;
    }

    String epoch() {
        return epoch;
    }

    boolean isLive() {
        return live;
    }

    /** Whether events up to some place have to be fetched. */
    boolean owes() {
        return seen < owedTo;
    }

    void disconnected() {
        live = false;
        ahead = 0;
        owedTo = 0;
    }

    /** The join was answered; with a gap everything up to {@code head} has to be fetched. */
    void joined(long head, boolean gap, String life) {
        epoch = life;
        known = true;
        live = true;
        if (gap) {
            owe(head);
        } else {
            seen = head;
        }
    }

    /** Events up to there were not pushed. */
    void owe(long to) {
        owedTo = Math.max(owedTo, to);
    }

    /**
     * An event was pushed.
     *
     * @return whether it was not there before
     */
    boolean received(long seq) {
        if (seq <= seen) {
            return false;
        }
        if (live && owes()) {
            ahead = Math.max(ahead, seq);
        } else if (live || (known && seq == seen + 1)) {
            seen = seq;
        } else {
            return false; // one's own message before one is in the room; it comes again
        }
        return true;
    }

    void fetched(long seq) {
        seen = Math.max(seen, seq);
        if (!owes()) {
            seen = Math.max(seen, ahead);
        }
    }

    long seen() {
        return seen;
    }
}
