package dev.confab.bench.history;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a client did, was told or read. The operations of one client stand in a history in the order in which they
 * happened to it; those of different clients need not.
 */
public sealed interface Operation {

    /** When, and to whom. */
    At at();

    /**
     * When, and to whom.
     *
     * @param nanos since the history began, monotonic
     * @param wallMillis since 1970, by the machine's clock
     * @param client a number of its own for each client, or {@link #NOBODY}
     * @param connection counts the client's connections from 1
     */
    record At(long nanos, long wallMillis, int client, int connection) {

        /** Of what no client did: reading the final history, faults. */
        public static final int NOBODY = -1;
    }

    /** How a join began. */
    enum Begin {
        /** From now on; no {@code lastSeq} was given. */
        LIVE,
        /** Everything after {@code lastSeq} was pushed before the answer. */
        RECOVERED,
        /** Too much was missed: the client has to fetch it. */
        GAP,
        /** The store lives another life, or never knew such a {@code lastSeq}. */
        RESET
    }

    /** What {@code /outcomes} says. */
    enum Status {
        PERSISTED,
        REJECTED,
        PARKED,
        UNKNOWN
    }

    /** The server's greeting. */
    record Connected(At at, String user, String server, String epoch) implements Operation {}

    /**
     * A join is about to be sent.
     *
     * @param lastSeq -1 when none is given
     */
    record Joining(At at, String room, long lastSeq) implements Operation {

        /** No {@code lastSeq}. */
        public static final long NONE = -1;
    }

    /**
     * A join was answered.
     *
     * @param head where the room stands: live events follow it
     * @param gapFrom the first place to be fetched, with {@link Begin#GAP}, else 0
     */
    record Joined(At at, String room, long head, Begin begin, long gapFrom) implements Operation {}

    /** A join was refused. */
    record NotJoined(At at, String room, String code) implements Operation {}

    /** The client is not in the room any more: it left, or was taken out. */
    record Left(At at, String room) implements Operation {}

    /**
     * A message is about to be sent, for the first time or again.
     *
     * @param key its {@code clientMsgId}
     * @param content its {@link Fingerprint}
     */
    record Sent(At at, String room, String key, String content) implements Operation {}

    /**
     * An edit or a deletion is about to be sent.
     *
     * @param key its {@code commandId}
     * @param message the message's id
     * @param content the new one's {@link Fingerprint}; null for a deletion
     */
    record Changing(
            At at,
            String room,
            String key,
            String message,
            @Nullable String content) implements Operation {}

    /** It was acknowledged: the send or the change with this key. */
    record Accepted(At at, String key) implements Operation {}

    /** It failed: the send or the change with this key. */
    record Failed(At at, String key, String code) implements Operation {

        /** The only failure after which it may be stored. */
        public static final String OUTCOME_UNKNOWN = "outcome-unknown";
    }

    /** The sender was told the place of a message in the answer to the send itself. */
    record Persisted(At at, String room, String key, String id, long seq) implements Operation {}

    /** What was accepted was refused afterwards, or parked. */
    record Rejected(At at, String room, String key, String code) implements Operation {

        /** Put aside; may still be stored when it is replayed. */
        public static final String PARKED = "parked";
    }

    /** An event of a timeline was pushed. */
    record Received(At at, Shown shown) implements Operation {}

    /** An event of a timeline was read by the client to fill a gap. */
    record Fetched(At at, Shown shown) implements Operation {}

    /** The client was too slow: events up to this place are not pushed. */
    record RoomHead(At at, String room, long seq) implements Operation {}

    /** The connection ended; 1006 when it broke. */
    record Closed(At at, int code) implements Operation {}

    /** Whoever is in this room live must have had everything up to this place by now. */
    record Until(At at, String room, long seq) implements Operation {}

    /** {@code /outcomes} was asked at the end. */
    record Outcome(
            At at,
            String room,
            String key,
            Status status,
            @Nullable String id,
            long seq,
            @Nullable String reason) implements Operation {}

    /** An event of the final history, in the order in which it was read. */
    record Stored(At at, Shown shown) implements Operation {}

    /**
     * The final history of a room was read from its beginning.
     *
     * @param head its last place
     * @param epoch the store's life at that time; empty when not known
     */
    record HistoryRead(At at, String room, long head, String epoch) implements Operation {}

    /** Something was done to the servers on purpose. */
    record Fault(At at, String what) implements Operation {}
}
