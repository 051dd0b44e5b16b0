package dev.confab.testkit.simulation;

import dev.confab.chat.model.RoomId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one gateway could know of who is in rooms, and when it came to know of each event (G14). */
final class Knowledge {

    private final Map<RoomId, OfRoom> rooms = new HashMap<>();

    private static final class OfRoom {
        /** The newest version of the membership of which it was told. */
        long told;
        /** The same, when it had last finished with everything it was told. */
        long settled;
        /** For each place, the version it surely knew when it first heard or read of it. */
        final Map<Long, Long> known = new HashMap<>();
    }

    private OfRoom of(RoomId roomId) {
        return rooms.computeIfAbsent(roomId, id -> new OfRoom());
    }

    void told(RoomId roomId, long version) {
        OfRoom room = of(roomId);
        room.told = Math.max(room.told, version);
    }

    /** It heard of an event, together with a version. */
    void heard(RoomId roomId, long seq, long version) {
        OfRoom room = of(roomId);
        room.known.putIfAbsent(seq, Math.max(room.settled, version));
    }

    /** It read an event. */
    void read(RoomId roomId, long seq) {
        OfRoom room = of(roomId);
        room.known.putIfAbsent(seq, room.settled);
    }

    /** It has finished with everything it was told. */
    void rest() {
        for (OfRoom room : rooms.values()) {
            room.settled = room.told;
        }
    }

    /** The version it knew when it first had the event at that place; null when it never had. */
    @Nullable
    Long when(RoomId roomId, long seq) {
        return of(roomId).known.get(seq);
    }
}
