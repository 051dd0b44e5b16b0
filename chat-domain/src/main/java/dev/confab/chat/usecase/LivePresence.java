package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
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
import java.util.Collection;
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
    private static final Duration TYPING = Duration.ofSeconds(10);

    private final Presence presence;
    private final Signals signals;
    private final UserStore users;
    private final Background background;
    private final Clock clock;
    private final Duration grace;
    private final Map<ConnectionId, LiveSession> leaving = new ConcurrentHashMap<>();
    private final Map<TypingKey, Future<?>> typing = new ConcurrentHashMap<>();
    private final SerialTasks tasks;

    private record TypingKey(ConnectionId connectionId, RoomId roomId) {}

    LivePresence(
            Presence presence, Signals signals, UserStore users, Background background, Clock clock, Duration grace) {
        this.presence = presence;
        this.signals = signals;
        this.users = users;
        this.background = background;
        this.clock = clock;
        this.grace = grace;
        this.tasks = new SerialTasks(background);
    }

    /** Begins the heartbeat of this server's sessions and its share of the sweeping. */
    List<Future<?>> start(Supplier<Collection<LiveSession>> sessions) {
        return List.of(
                background.repeat(HEARTBEAT, () -> heartbeat(sessions.get())),
                background.repeat(SWEEP, () -> presence.sweep().forEach(this::announce)));
    }

    private void heartbeat(Collection<LiveSession> sessions) {
        List<Presence.Stay> stays = sessions.stream()
                .filter(session -> !session.isClosed())
                .map(session ->
                        new Presence.Stay(session.userId(), session.connectionId(), Set.copyOf(session.rooms())))
                .toList();
        presence.heartbeat(stays);
    }

    void connected(LiveSession session) {
        tasks.run(session.connectionId(), () -> presence.connect(session.userId(), session.connectionId()));
    }

    /** Says so after the grace, unless chat is closed before. */
    void disconnected(LiveSession session) {
        typing.keySet().stream()
                .filter(key -> key.connectionId().equals(session.connectionId()))
                .forEach(key -> stopTyping(session, key));
        leaving.put(session.connectionId(), session);
        Future<?> unused = background.later(grace, () -> gone(session));
    }

    private void gone(LiveSession session) {
        if (leaving.remove(session.connectionId()) != null) {
            tasks.run(
                    session.connectionId(),
                    () -> announce(presence.disconnect(session.userId(), session.connectionId())));
        }
    }

    private void announce(Presence.Departure departure) {
        UserId user = departure.userId();
        String name = users.nicknames(List.of(user)).getOrDefault(user, "");
        for (RoomId room : departure.leftRooms()) {
            tell(new ChatEvent.UserLeft(room, user, name));
        }
        if (departure.offline()) {
            PresenceStatus offline = new PresenceStatus(PresenceStatus.State.OFFLINE, departure.lastSeenAt());
            for (RoomId room : departure.leftRooms()) {
                tell(new ChatEvent.PresenceChanged(room, user, offline));
            }
            users.seen(Map.of(user, departure.lastSeenAt()));
        }
    }

    void entered(LiveSession session, RoomId roomId) {
        tasks.run(session.connectionId(), () -> {
            if (presence.enter(roomId, session.userId(), session.connectionId())) {
                tell(new ChatEvent.UserJoined(roomId, session.userId(), session.userName()));
                tell(new ChatEvent.PresenceChanged(
                        roomId, session.userId(), new PresenceStatus(PresenceStatus.State.ONLINE, clock.instant())));
            }
        });
    }

    void left(LiveSession session, RoomId roomId) {
        stopTyping(session, new TypingKey(session.connectionId(), roomId));
        tasks.run(session.connectionId(), () -> {
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
