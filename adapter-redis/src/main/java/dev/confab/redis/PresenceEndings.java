package dev.confab.redis;

import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.Presence.Stay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this server ended a short while ago, so that a heartbeat made before does not bring it back, and what of it Redis
 * has not been told yet. Not safe on several threads: its owner holds a lock.
 */
final class PresenceEndings {

    private final LongSupplier nanoTime;
    private final Map<ConnectionId, Ending> endings = new HashMap<>();

    PresenceEndings(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Something that Redis is to be told.
     *
     * @param roomId the room that was left; null when the connection ended
     */
    record Untold(
            UserId userId,
            ConnectionId connectionId,
            @Nullable RoomId roomId) {}

    private static final class Ending {
        final UserId userId;
        boolean connectionEnded;
        final Set<RoomId> leftRooms = new HashSet<>();
        /** Null stands for the connection itself. */
        final Set<@Nullable RoomId> untold = new HashSet<>();

        long at;

        Ending(UserId userId) {
            this.userId = userId;
        }
    }

    void connectionEnded(UserId userId, ConnectionId connectionId) {
        Ending ending = of(userId, connectionId);
        ending.connectionEnded = true;
        ending.leftRooms.clear();
        ending.untold.clear();
        ending.untold.add(null);
    }

    void roomLeft(UserId userId, ConnectionId connectionId, RoomId roomId) {
        Ending ending = of(userId, connectionId);
        ending.leftRooms.add(roomId);
        ending.untold.add(roomId);
    }

    private Ending of(UserId userId, ConnectionId connectionId) {
        Ending ending = endings.computeIfAbsent(connectionId, id -> new Ending(userId));
        ending.at = nanoTime.getAsLong();
        return ending;
    }

    void connectionBegan(ConnectionId connectionId) {
        endings.remove(connectionId);
    }

    void roomEntered(ConnectionId connectionId, RoomId roomId) {
        Ending ending = endings.get(connectionId);
        if (ending != null) {
            if (ending.connectionEnded) {
                endings.remove(connectionId);
            } else {
                ending.leftRooms.remove(roomId);
                ending.untold.remove(roomId);
            }
        }
    }

    /** Redis knows now. */
    void told(Untold told) {
        Ending ending = endings.get(told.connectionId());
        if (ending != null) {
            ending.untold.remove(told.roomId());
        }
    }

    List<Untold> untold() {
        List<Untold> untold = new ArrayList<>();
        endings.forEach((connectionId, ending) ->
                ending.untold.forEach(roomId -> untold.add(new Untold(ending.userId, connectionId, roomId))));
        return untold;
    }

    /** What of a stay has not ended; null when nothing is left of it. */
    @Nullable
    Stay lastingPart(Stay stay) {
        Ending ending = endings.get(stay.connectionId());
        if (ending == null) {
            return stay;
        }
        if (ending.connectionEnded) {
            return null;
        }
        Set<RoomId> rooms = new HashSet<>(stay.rooms());
        rooms.removeAll(ending.leftRooms);
        return new Stay(stay.userId(), stay.connectionId(), rooms);
    }

    /** Forgets what no heartbeat can name any more. Redis itself ends connections that it was not told about for so long. */
    void forgetOld() {
        long now = nanoTime.getAsLong();
        endings.values()
                .removeIf(ending -> now - ending.at > Presence.SILENCE.toNanos()
                        && (ending.connectionEnded || ending.untold.isEmpty()));
    }
}
