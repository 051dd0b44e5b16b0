package dev.confab.redis;

import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.PresenceUnavailableException;
import dev.confab.redis.PresenceEndings.Untold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/** Presence as {@code presence.lua} keeps it. */
final class RedisPresence implements Presence {

    private static final Logger LOG = LoggerFactory.getLogger(RedisPresence.class);

    private static final int MOST_SWEPT_AT_ONCE = 200;
    private static final int MOST_HANDED_OVER_AT_ONCE = 1_000;

    private final PresenceScript script;
    private final Queue<Departure> departures = new ConcurrentLinkedQueue<>();
    private final Queue<Comeback> comebacks = new ConcurrentLinkedQueue<>();
    // Holds heartbeats and endings apart: once an ending is noted, no heartbeat under way names what it ends.
    private final ReentrantLock order = new ReentrantLock();
    private final PresenceEndings endings = new PresenceEndings(System::nanoTime);
    private volatile @Nullable Heartbeat lastHeartbeat;
    private volatile boolean closed;

    private record Heartbeat(List<Stay> connections, long atNanos) {}

    RedisPresence(PresenceScript script) {
        this.script = script;
    }

    @Override
    public boolean connect(UserId userId, ConnectionId connectionId) {
        inOrder(() -> endings.connectionBegan(connectionId));
        return isOne(run("connect", List.of(userId.toString(), connectionId.toString())));
    }

    @Override
    public List<ConnectionId> surplus(UserId userId, int most) {
        List<?> surplus = (List<?>) run("surplus", List.of(userId.toString(), String.valueOf(most)));
        return surplus.stream()
                .map(id -> new ConnectionId(UUID.fromString((String) id)))
                .toList();
    }

    @Override
    public void closing(UserId userId, ConnectionId connectionId) {
        run("closing", List.of(userId.toString(), connectionId.toString()));
    }

    @Override
    public Departure disconnect(UserId userId, ConnectionId connectionId) {
        inOrder(() -> endings.connectionEnded(userId, connectionId));
        Object answer = run("disconnect", List.of(userId.toString(), connectionId.toString()));
        inOrder(() -> endings.told(new Untold(userId, connectionId, null)));
        return departure(answer);
    }

    @Override
    public boolean enter(RoomId roomId, UserId userId, ConnectionId connectionId) {
        inOrder(() -> endings.roomEntered(connectionId, roomId));
        return isOne(run("enter", List.of(userId.toString(), connectionId.toString(), roomId.toString())));
    }

    @Override
    public boolean leave(RoomId roomId, UserId userId, ConnectionId connectionId) {
        inOrder(() -> endings.roomLeft(userId, connectionId, roomId));
        Object answer = run("leave", List.of(userId.toString(), connectionId.toString(), roomId.toString()));
        inOrder(() -> endings.told(new Untold(userId, connectionId, roomId)));
        return wasLast(answer);
    }

    @Override
    public List<Comeback> heartbeat(Collection<Stay> connections) {
        requireOpen();
        List<Stay> all = List.copyOf(connections);
        lastHeartbeat = new Heartbeat(all, System.nanoTime());
        send(all);
        List<Comeback> returned = new ArrayList<>();
        for (Comeback comeback = comebacks.poll(); comeback != null; comeback = comebacks.poll()) {
            returned.add(comeback);
        }
        return returned;
    }

    /** Redis is back, perhaps without its data: says again what the last heartbeat said, as far as it still holds. */
    void repeatHeartbeat() {
        Heartbeat last = lastHeartbeat;
        if (last == null || closed || System.nanoTime() - last.atNanos > SILENCE.toNanos()) {
            return;
        }
        try {
            send(last.connections);
        } catch (PresenceUnavailableException e) {
            LOG.debug("Away again", e);
        }
    }

    private void send(List<Stay> connections) {
        order.lock();
        try {
            endings.forgetOld();
            List<Untold> untold = endings.untold();
            List<Stay> lasting = new ArrayList<>(connections.size());
            for (Stay stay : connections) {
                Stay part = endings.lastingPart(stay);
                if (part != null) {
                    lasting.add(part);
                }
            }
            PresenceScript.Heard heard = script.heartbeat(untold, lasting);
            for (int i = 0; i < untold.size(); i++) {
                endings.told(untold.get(i));
                departureThatWasNotSaid(untold.get(i), heard.told().get(i));
            }
            heard.comebacks().forEach(answer -> comebacks.add(comeback(answer)));
        } catch (JedisException e) {
            throw unavailable(e);
        } finally {
            order.unlock();
        }
    }

    private void departureThatWasNotSaid(Untold untold, Object answer) {
        RoomId room = untold.roomId();
        @Nullable
        Departure departure = room == null
                ? departure(answer)
                : wasLast(answer) ? new Departure(untold.userId(), false, Set.of(room), instant(answer)) : null;
        if (departure != null && (departure.offline() || !departure.leftRooms().isEmpty())) {
            departures.add(departure);
        }
    }

    @Override
    public List<Departure> sweep() {
        List<Departure> swept = new ArrayList<>();
        for (Departure departure = departures.poll(); departure != null; departure = departures.poll()) {
            swept.add(departure);
        }
        try {
            List<?> silent;
            do {
                silent = (List<?>) run("sweep", List.of(String.valueOf(MOST_SWEPT_AT_ONCE)));
                silent.forEach(answer -> swept.add(departure(answer)));
            } while (silent.size() >= MOST_SWEPT_AT_ONCE);
        } catch (PresenceUnavailableException e) {
            // What was claimed is told by nobody else.
            if (swept.isEmpty()) {
                throw e;
            }
        }
        return swept;
    }

    @Override
    public Map<UserId, PresenceStatus> query(Collection<UserId> userIds) {
        List<UserId> users = List.copyOf(new HashSet<>(userIds));
        Map<UserId, PresenceStatus> statuses = new HashMap<>();
        try {
            List<?> answers =
                    (List<?>) run("query", users.stream().map(UserId::toString).toList());
            for (int i = 0; i < users.size(); i++) {
                statuses.put(users.get(i), status((String) answers.get(i)));
            }
        } catch (PresenceUnavailableException e) {
            LOG.debug("Presence is unknown", e);
            users.forEach(userId -> statuses.put(userId, PresenceStatus.UNKNOWN));
        }
        return statuses;
    }

    private static PresenceStatus status(String lastSeen) {
        return switch (lastSeen) {
            case "" -> new PresenceStatus(PresenceStatus.State.OFFLINE, null);
            // After an outage of Redis, until the servers had the time to say who is still there.
            case "?" -> PresenceStatus.UNKNOWN;
            default -> new PresenceStatus(PresenceStatus.State.ONLINE, instant(lastSeen));
        };
    }

    @Override
    public Set<UserId> inRoom(RoomId roomId) {
        Set<UserId> users = new HashSet<>();
        for (Object user : (List<?>) run("in_room", List.of(roomId.toString()))) {
            users.add(user(user));
        }
        return users;
    }

    @Override
    public void check() {
        requireOpen();
        try {
            script.ping();
        } catch (JedisException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void close() {
        order.lock();
        try {
            if (!closed) {
                closed = true;
                while (script.handOver(MOST_HANDED_OVER_AT_ONCE) == MOST_HANDED_OVER_AT_ONCE) {
                    LOG.debug("Handed over {} connections", MOST_HANDED_OVER_AT_ONCE);
                }
            }
        } catch (JedisException e) {
            LOG.info("Connections were not handed over, and end by their silence: {}", e.getMessage());
        } finally {
            order.unlock();
        }
    }

    private void inOrder(Runnable note) {
        requireOpen();
        order.lock();
        try {
            note.run();
        } finally {
            order.unlock();
        }
    }

    private Object run(String operation, List<String> arguments) {
        requireOpen();
        try {
            return script.run(operation, arguments);
        } catch (JedisException e) {
            throw unavailable(e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new PresenceUnavailableException("presence was closed");
        }
    }

    private static PresenceUnavailableException unavailable(JedisException cause) {
        return new PresenceUnavailableException("presence is unavailable: " + cause.getMessage(), cause);
    }

    private static boolean isOne(Object answer) {
        return answer.equals(1L);
    }

    private static boolean wasLast(Object answer) {
        return !answer.equals("");
    }

    private static Departure departure(Object answer) {
        List<?> parts = (List<?>) answer;
        return new Departure(user(parts.get(0)), parts.get(1).equals("1"), rooms(parts, 3), instant(parts.get(2)));
    }

    private static Comeback comeback(Object answer) {
        List<?> parts = (List<?>) answer;
        return new Comeback(user(parts.get(0)), rooms(parts, 1));
    }

    private static Set<RoomId> rooms(List<?> parts, int from) {
        Set<RoomId> rooms = new HashSet<>();
        for (Object room : parts.subList(from, parts.size())) {
            rooms.add(new RoomId(UUID.fromString((String) room)));
        }
        return rooms;
    }

    private static UserId user(Object text) {
        return new UserId(UUID.fromString((String) text));
    }

    private static Instant instant(Object millis) {
        return Instant.ofEpochMilli(Long.parseLong((String) millis));
    }
}
