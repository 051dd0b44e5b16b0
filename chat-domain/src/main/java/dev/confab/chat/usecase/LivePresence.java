package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.Signals;
import dev.confab.chat.port.out.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Tells the presence store who is here and the rooms who came and went (G9), and ends typing that nobody ended. Nothing
 * of it may hold up or fail what matters: it runs in the background, and is dropped while the presence store is away,
 * because the next heartbeat makes up for it. Safe on any thread; does not block.
 */
final class LivePresence {

    private static final Duration HEARTBEAT = Duration.ofSeconds(20);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration TYPING = Duration.ofSeconds(10);
    /** A few of a gateway's threads: when thousands come at once, presence is what can wait. */
    private static final int AT_ONCE = 4;
    /** How many of those who fell silent are looked up and noted together. */
    private static final int TOGETHER = 500;

    private final Presence presence;
    private final Signals signals;
    private final UserStore users;
    private final Background background;
    private final Clock clock;
    private final Duration grace;
    private final int mostConnections;
    private final Map<ConnectionId, LiveSession> leaving = new ConcurrentHashMap<>();
    private final Map<TypingKey, Future<?>> typing = new ConcurrentHashMap<>();
    /** One after another for each user: a device that goes before another comes does not count beside it. */
    private final SerialTasks tasks;

    private record TypingKey(ConnectionId connectionId, RoomId roomId) {}

    LivePresence(
            Presence presence,
            Signals signals,
            UserStore users,
            Background background,
            Clock clock,
            ChatSettings settings) {
        this.presence = presence;
        this.signals = signals;
        this.users = users;
        this.background = background;
        this.clock = clock;
        this.grace = settings.presenceGrace();
        this.mostConnections = settings.sessionsPerUser();
        this.tasks = new SerialTasks(background, AT_ONCE);
    }

    /** Begins the heartbeat of this server's sessions and its share of the sweeping. */
    List<Future<?>> start(Supplier<Collection<LiveSession>> sessions) {
        return List.of(
                background.repeat(HEARTBEAT, () -> heartbeat(stays(sessions.get()))),
                background.repeat(KEPT, () -> keep(stays(sessions.get()))),
                background.repeat(SWEEP, this::sweep));
    }

    private static List<Presence.Stay> stays(Collection<LiveSession> sessions) {
        return sessions.stream()
                .filter(session -> !session.isClosed())
                .map(session ->
                        new Presence.Stay(session.userId(), session.connectionId(), Set.copyOf(session.rooms())))
                .toList();
    }

    /** Gives a sign of life, and tells the rooms who is there after all. */
    void heartbeat(List<Presence.Stay> stays) {
        presence.heartbeat(stays).forEach(this::welcomeBack);
    }

    /** So that a user's last sign of life is known though nobody tells the departure. */
    private void keep(List<Presence.Stay> stays) {
        Instant now = clock.instant();
        Map<UserId, Instant> seen = new HashMap<>();
        stays.forEach(stay -> seen.put(stay.userId(), now));
        if (!seen.isEmpty()) {
            users.seen(seen);
        }
    }

    private void welcomeBack(Presence.Comeback comeback) {
        UserId user = comeback.userId();
        String name = users.nicknames(List.of(user)).getOrDefault(user, "");
        comeback.rooms().forEach(room -> tellArrival(room, user, name));
    }

    /** Ends the user's oldest connections, wherever they are, when there are too many with this one. */
    void connected(LiveSession session) {
        UserId user = session.userId();
        tasks.run(session.userId(), () -> {
            presence.connect(user, session.connectionId());
            for (ConnectionId surplus : presence.surplus(user, mostConnections)) {
                signals.send(new Signal.SurplusConnection(user, surplus));
            }
        });
    }

    /** Says so after the grace, unless chat is closed before. */
    void disconnected(LiveSession session) {
        typing.keySet().stream()
                .filter(key -> key.connectionId().equals(session.connectionId()))
                .forEach(key -> stopTyping(session, key));
        leaving.put(session.connectionId(), session);
        tasks.run(session.userId(), () -> presence.closing(session.userId(), session.connectionId()));
        Future<?> unused = background.later(grace, () -> gone(session));
    }

    private void gone(LiveSession session) {
        if (leaving.remove(session.connectionId()) != null) {
            tasks.run(
                    session.userId(),
                    () -> announce(List.of(presence.disconnect(session.userId(), session.connectionId()))));
        }
    }

    /** Tells of those who fell silent: thousands, when a server died and they did not come back. */
    void sweep() {
        List<Presence.Departure> departures = presence.sweep();
        for (int i = 0; i < departures.size(); i += TOGETHER) {
            announce(departures.subList(i, Math.min(departures.size(), i + TOGETHER)));
        }
    }

    /** One question and one entry for all of them; who is still in the same rooms on another connection needs neither. */
    private void announce(List<Presence.Departure> departures) {
        List<UserId> whoLeft = departures.stream()
                .filter(departure -> !departure.leftRooms().isEmpty())
                .map(Presence.Departure::userId)
                .distinct()
                .toList();
        Map<UserId, String> names = whoLeft.isEmpty() ? Map.of() : users.nicknames(whoLeft);
        Map<UserId, Instant> seen = new HashMap<>();
        for (Presence.Departure departure : departures) {
            announce(departure, names.getOrDefault(departure.userId(), ""));
            if (departure.offline()) {
                seen.put(departure.userId(), departure.lastSeenAt());
            }
        }
        if (!seen.isEmpty()) {
            users.seen(seen);
        }
    }

    private void announce(Presence.Departure departure, String name) {
        UserId user = departure.userId();
        for (RoomId room : departure.leftRooms()) {
            tell(new ChatEvent.UserLeft(room, user, name));
        }
        if (departure.offline()) {
            PresenceStatus offline = new PresenceStatus(PresenceStatus.State.OFFLINE, departure.lastSeenAt());
            for (RoomId room : departure.leftRooms()) {
                tell(new ChatEvent.PresenceChanged(room, user, offline));
            }
        }
    }

    void entered(LiveSession session, RoomId roomId) {
        tasks.run(session.userId(), () -> {
            if (presence.enter(roomId, session.userId(), session.connectionId())) {
                tellArrival(roomId, session.userId(), session.userName());
            }
        });
    }

    private void tellArrival(RoomId roomId, UserId user, String name) {
        tell(new ChatEvent.UserJoined(roomId, user, name));
        PresenceStatus online = new PresenceStatus(PresenceStatus.State.ONLINE, clock.instant());
        tell(new ChatEvent.PresenceChanged(roomId, user, online));
    }

    void left(LiveSession session, RoomId roomId) {
        stopTyping(session, new TypingKey(session.connectionId(), roomId));
        tasks.run(session.userId(), () -> {
            if (presence.leave(roomId, session.userId(), session.connectionId())) {
                tell(new ChatEvent.UserLeft(roomId, session.userId(), session.userName()));
            }
        });
    }

    void typing(LiveSession session, RoomId roomId, boolean isTyping) {
        TypingKey key = new TypingKey(session.connectionId(), roomId);
        if (!isTyping) {
            stopTyping(session, key);
            return;
        }
        Future<?> end = background.later(TYPING, () -> stopTyping(session, key));
        Future<?> before = typing.put(key, end);
        if (before != null) {
            before.cancel(false);
        }
        tellTyping(session, roomId, true);
    }

    private void stopTyping(LiveSession session, TypingKey key) {
        Future<?> timer = typing.remove(key);
        if (timer != null) {
            timer.cancel(false);
            tellTyping(session, key.roomId(), false);
        }
    }

    private void tellTyping(LiveSession session, RoomId roomId, boolean isTyping) {
        tell(new ChatEvent.Typing(roomId, session.userId(), session.userName(), isTyping, session.connectionId()));
    }

    private void tell(ChatEvent.Ephemeral event) {
        signals.send(new Signal.InRoom(event));
    }
}
