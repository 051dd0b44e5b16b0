package dev.confab.chat.usecase;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.ServerId;
import dev.confab.chat.model.TraceStep;
import java.time.Clock;
import java.time.Instant;

/**
 * The last deliveries of this gateway, for operators who ask: one entry for each event and room, whatever the number of
 * sessions. A ring of fixed size: 32,768 entries in 1.3 MB. Safe on any thread; what is done under its lock takes some
 * tens of nanoseconds.
 */
final class DeliveryMemory {

    static final int ENTRIES = 32_768;

    /** How far the clocks of a worker and a gateway may differ before this one claims to know what it does not. */
    private static final long CLOCKS_MILLIS = 1_000;

    private final ServerId serverId;
    private final Clock clock;
    private final long[] roomHigh = new long[ENTRIES];
    private final long[] roomLow = new long[ENTRIES];
    private final long[] seqs = new long[ENTRIES];
    private final long[] millis = new long[ENTRIES];
    private final int[] sessions = new int[ENTRIES];
    private final long begun;
    private long count;

    DeliveryMemory(ServerId serverId, Clock clock) {
        this.serverId = serverId;
        this.clock = clock;
        this.begun = clock.millis();
    }

    synchronized void delivered(RoomId roomId, long seq, int toSessions) {
        int at = (int) (count % ENTRIES);
        roomHigh[at] = roomId.value().getMostSignificantBits();
        roomLow[at] = roomId.value().getLeastSignificantBits();
        seqs[at] = seq;
        millis[at] = clock.millis();
        sessions[at] = toSessions;
        count++;
    }

    /**
     * What is known of one event.
     *
     * @param storedAt when it was stored, by another clock: what is older than all that is remembered may be forgotten
     */
    synchronized TraceStep.Delivered recall(RoomId roomId, Sequence seq, Instant storedAt) {
        long high = roomId.value().getMostSignificantBits();
        long low = roomId.value().getLeastSignificantBits();
        int known = (int) Math.min(count, ENTRIES);
        for (int back = 1; back <= known; back++) {
            int at = (int) ((count - back) % ENTRIES);
            if (seqs[at] == seq.value() && roomLow[at] == low && roomHigh[at] == high) {
                return sessions[at] == 0
                        ? without(TraceStep.Delivered.Kind.NOBODY)
                        : new TraceStep.Delivered(
                                serverId,
                                TraceStep.Delivered.Kind.HANDED,
                                sessions[at],
                                Instant.ofEpochMilli(millis[at]));
            }
        }
        long since = count > ENTRIES ? millis[(int) (count % ENTRIES)] : begun;
        return without(
                storedAt.toEpochMilli() > since + CLOCKS_MILLIS
                        ? TraceStep.Delivered.Kind.NOBODY
                        : TraceStep.Delivered.Kind.FORGOTTEN);
    }

    private TraceStep.Delivered without(TraceStep.Delivered.Kind kind) {
        return new TraceStep.Delivered(serverId, kind, 0, null);
    }
}
