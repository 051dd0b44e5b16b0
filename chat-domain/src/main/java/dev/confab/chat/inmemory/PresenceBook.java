package dev.confab.chat.inmemory;

import static dev.confab.chat.port.out.Presence.RETURN_TIME;
import static dev.confab.chat.port.out.Presence.SILENCE;

import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Presence.Comeback;
import dev.confab.chat.port.out.Presence.Departure;
import dev.confab.chat.port.out.Presence.Stay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is there. Safe on any thread: every method holds the one lock, for a short time. */
final class PresenceBook {

    /** For how long somebody who was swept is known to come back. */
    private static final Duration RETURN_KNOWN = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<ConnectionId, Connection> connections = new HashMap<>();
    private final Map<UserId, Set<Connection>> byUser = new HashMap<>();
    private final Map<RoomId, Set<Connection>> byRoom = new HashMap<>();
    // A heartbeat made before they ended may still name them.
    private final Map<ConnectionId, Instant> ended = new HashMap<>();
    private final Map<LeftRoom, Instant> left = new HashMap<>();
    private final Map<ConnectionId, Instant> swept = new HashMap<>();
    private long places;

    PresenceBook(Clock clock) {
        this.clock = clock;
    }

    private record LeftRoom(ConnectionId connectionId, RoomId roomId) {}

    private static final class Connection {
        final UserId userId;
        final ConnectionId id;
        final Object server;
        final Set<RoomId> rooms = new HashSet<>();
        final long place;
        boolean closing;
        Instant lastSeen;
        Instant until;

        Connection(UserId userId, ConnectionId id, Object server, long place, Instant now) {
            this.userId = userId;
            this.place = place;
            this.id = id;
            this.server = server;
            this.lastSeen = now;
            this.until = now.plus(SILENCE);
        }
    }

    synchronized boolean connect(Object server, UserId userId, ConnectionId id) {
        ended.remove(id);
        refresh(server, userId, id, now());
        return connectionsOf(userId).size() == 1;
    }

    synchronized List<ConnectionId> surplus(UserId userId, int most) {
        List<Connection> open = connectionsOf(userId).stream()
                .filter(connection -> !connection.closing)
                .sorted(Comparator.comparingLong(connection -> connection.place))
                .toList();
        return open.subList(0, Math.max(0, open.size() - most)).stream()
                .map(connection -> connection.id)
                .toList();
    }

    synchronized void closing(ConnectionId id) {
        Connection connection = connections.get(id);
        if (connection != null) {
            connection.closing = true;
        }
    }

    synchronized Departure disconnect(UserId userId, ConnectionId id) {
        Instant now = now();
        ended.put(id, now);
        Connection connection = connections.get(id);
        return connection == null ? new Departure(userId, false, Set.of(), now) : remove(connection, now);
    }

    synchronized boolean enter(Object server, RoomId roomId, UserId userId, ConnectionId id) {
        ended.remove(id);
        left.remove(new LeftRoom(id, roomId));
        enter(refresh(server, userId, id, now()), roomId);
        return countIn(roomId, userId) == 1;
    }

    synchronized boolean leave(RoomId roomId, UserId userId, ConnectionId id) {
        left.put(new LeftRoom(id, roomId), now());
        Connection connection = connections.get(id);
        if (connection == null || !connection.rooms.remove(roomId)) {
            return false;
        }
        exit(connection, roomId);
        return countIn(roomId, userId) == 0;
    }

    synchronized List<Comeback> heartbeat(Object server, Collection<Stay> stays) {
        Instant now = now();
        forget(now);
        List<Comeback> comebacks = new ArrayList<>();
        for (Stay stay : stays) {
            if (ended.containsKey(stay.connectionId())) {
                continue;
            }
            Connection connection = refresh(server, stay.userId(), stay.connectionId(), now);
            Set<RoomId> rooms = new HashSet<>();
            for (RoomId roomId : stay.rooms()) {
                if (!left.containsKey(new LeftRoom(stay.connectionId(), roomId))) {
                    enter(connection, roomId);
                    if (countIn(roomId, stay.userId()) == 1) {
                        rooms.add(roomId);
                    }
                }
            }
            if (swept.remove(stay.connectionId()) != null && !rooms.isEmpty()) {
                comebacks.add(new Comeback(stay.userId(), rooms));
            }
        }
        return comebacks;
    }

    synchronized List<Departure> sweep() {
        Instant now = now();
        forget(now);
        List<Connection> silent = connections.values().stream()
                .filter(connection -> !connection.until.isAfter(now))
                .toList();
        List<Departure> departures = new ArrayList<>();
        for (Connection connection : silent) {
            departures.add(remove(connection, connection.lastSeen));
            swept.put(connection.id, now);
        }
        return departures;
    }

    synchronized Map<UserId, PresenceStatus> query(Collection<UserId> userIds) {
        Instant now = now();
        Map<UserId, PresenceStatus> statuses = new HashMap<>();
        for (UserId userId : userIds) {
            PresenceStatus status = connectionsOf(userId).stream()
                    .filter(connection -> connection.until.isAfter(now))
                    .map(connection -> connection.lastSeen)
                    .max(Comparator.naturalOrder())
                    .map(lastSeen -> new PresenceStatus(PresenceStatus.State.ONLINE, lastSeen))
                    .orElse(new PresenceStatus(PresenceStatus.State.OFFLINE, null));
            statuses.put(userId, status);
        }
        return statuses;
    }

    synchronized Set<UserId> inRoom(RoomId roomId) {
        Set<UserId> users = new HashSet<>();
        byRoom.getOrDefault(roomId, Set.of()).forEach(connection -> users.add(connection.userId));
        return users;
    }

    /** The server goes in good order: its connections are silent as soon as nobody waits for their return. */
    synchronized void handOver(Object server) {
        Instant until = now().plus(RETURN_TIME);
        for (Connection connection : connections.values()) {
            if (connection.server.equals(server) && connection.until.isAfter(until)) {
                connection.until = until;
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Set<Connection> connectionsOf(UserId userId) {
        return byUser.getOrDefault(userId, Set.of());
    }

    private long countIn(RoomId roomId, UserId userId) {
        return connectionsOf(userId).stream()
                .filter(connection -> connection.rooms.contains(roomId))
                .count();
    }

    private Connection refresh(Object server, UserId userId, ConnectionId id, Instant now) {
        Connection connection = connections.get(id);
        if (connection == null) {
            connection = new Connection(userId, id, server, places++, now);
            connections.put(id, connection);
            byUser.computeIfAbsent(userId, key -> new HashSet<>()).add(connection);
        }
        connection.lastSeen = now;
        connection.until = now.plus(SILENCE);
        return connection;
    }

    private void enter(Connection connection, RoomId roomId) {
        if (connection.rooms.add(roomId)) {
            byRoom.computeIfAbsent(roomId, key -> new HashSet<>()).add(connection);
        }
    }

    private Departure remove(Connection connection, Instant lastSeenAt) {
        connections.remove(connection.id);
        takeOut(byUser, connection.userId, connection);
        Set<RoomId> leftRooms = new HashSet<>(connection.rooms);
        connection.rooms.forEach(roomId -> exit(connection, roomId));
        leftRooms.removeIf(roomId -> countIn(roomId, connection.userId) > 0);
        return new Departure(connection.userId, connectionsOf(connection.userId).isEmpty(), leftRooms, lastSeenAt);
    }

    private void exit(Connection connection, RoomId roomId) {
        takeOut(byRoom, roomId, connection);
    }

    private static <K> void takeOut(Map<K, Set<Connection>> index, K key, Connection connection) {
        Set<Connection> indexed = index.get(key);
        if (indexed != null && indexed.remove(connection) && indexed.isEmpty()) {
            index.remove(key);
        }
    }

    private void forget(Instant now) {
        ended.values().removeIf(end -> end.plus(SILENCE).isBefore(now));
        left.values().removeIf(end -> end.plus(SILENCE).isBefore(now));
        swept.values().removeIf(end -> end.plus(RETURN_KNOWN).isBefore(now));
    }
}
