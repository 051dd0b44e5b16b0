package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.inmemory.InMemoryPresence;
import dev.confab.chat.model.AdmissionSettings;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.ServerId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Presence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of people whom the presence store lost sight of (G9). */
class LivePresenceTest {

    private final UseCases chat = new UseCases();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void whoWasTakenForGoneByMistakeIsToldToBeBack() {
        InMemoryPresence.Hub hub = new InMemoryPresence.Hub(chat.clock);
        Presence here = new InMemoryPresence(hub);
        Presence there = new InMemoryPresence(hub);
        LivePresence live = new LivePresence(
                here,
                chat.signals,
                chat.stores.users(),
                new Background(Runnable::run, timer),
                chat.clock,
                chat.settings);
        User kim = chat.user("Kim");
        RoomId room = RoomId.random();
        ConnectionId phone = ConnectionId.random();
        List<Presence.Stay> stays = List.of(new Presence.Stay(kim.id(), phone, Set.of(room)));
        here.connect(kim.id(), phone);
        here.enter(room, kim.id(), phone);
        live.heartbeat(stays);
        assertThat(chat.signals.sent).isEmpty();

        chat.clock.advance(Presence.SILENCE);
        assertThat(there.sweep()).hasSize(1);
        live.heartbeat(stays);
        live.heartbeat(stays);

        PresenceStatus online = new PresenceStatus(PresenceStatus.State.ONLINE, chat.clock.instant());
        assertThat(chat.signals.sent)
                .containsExactly(
                        new Signal.InRoom(new ChatEvent.UserJoined(room, kim.id(), "Kim")),
                        new Signal.InRoom(new ChatEvent.PresenceChanged(room, kim.id(), online)));
    }

    /** More than are looked up at a time: a server died, and its people did not come back. */
    @Test
    void thousandsWhoFellSilentTogetherAreEachToldByNameAndNotedAsSeen() {
        InMemoryPresence.Hub hub = new InMemoryPresence.Hub(chat.clock);
        Presence there = new InMemoryPresence(hub);
        LivePresence live = new LivePresence(
                new InMemoryPresence(hub),
                chat.signals,
                chat.stores.users(),
                new Background(Runnable::run, timer),
                chat.clock,
                chat.settings);
        RoomId room = RoomId.random();
        Instant before = chat.clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<User> people =
                IntStream.range(0, 1_100).mapToObj(i -> chat.user("Kim" + i)).toList();
        for (User user : people) {
            ConnectionId phone = ConnectionId.random();
            there.connect(user.id(), phone);
            there.enter(room, user.id(), phone);
        }

        chat.clock.advance(Presence.SILENCE);
        live.sweep();

        PresenceStatus offline = new PresenceStatus(PresenceStatus.State.OFFLINE, before);
        Set<Signal> due = people.stream()
                .flatMap(user -> Stream.<Signal>of(
                        new Signal.InRoom(new ChatEvent.UserLeft(room, user.id(), user.nickname())),
                        new Signal.InRoom(new ChatEvent.PresenceChanged(room, user.id(), offline))))
                .collect(Collectors.toSet());
        assertThat(chat.signals.sent).hasSameSizeAs(due);
        assertThat(Set.copyOf(chat.signals.sent)).isEqualTo(due);
        List<UserId> ids = people.stream().map(User::id).toList();
        assertThat(chat.stores.users().lastSeen(ids))
                .containsOnlyKeys(ids)
                .allSatisfy((id, seen) -> assertThat(seen).isEqualTo(before));
    }

    /** Whoever sends or joins meanwhile asks for a thread of the same ones, of which a bounded number wait. */
    @Test
    void thousandsWhoComeTogetherLeaveThreadsToOthers() {
        Queue<Runnable> threads = new ArrayDeque<>();
        LivePresence live = new LivePresence(
                new InMemoryPresence(chat.clock),
                chat.signals,
                chat.stores.users(),
                new Background(threads::add, timer),
                chat.clock,
                chat.settings);
        for (int i = 0; i < 3_000; i++) {
            live.connected(session(live));
        }

        assertThat(threads).hasSizeLessThan(10);
        int done = 0;
        for (; !threads.isEmpty(); done++) {
            threads.remove().run();
        }
        assertThat(done).isEqualTo(3_000);
    }

    private LiveSession session(LivePresence live) {
        LiveStores stores = new LiveStores(chat.stores.messageLog(), chat.stores.rooms());
        LiveSessions sessions = new LiveSessions(1);
        Background background = new Background(Runnable::run, timer);
        RecentMemory memory = new RecentMemory();
        LiveRooms rooms = new LiveRooms(
                id -> new RoomFeed(
                        id, stores, background, sessions, new DeliveryMemory(new ServerId("here"), chat.clock), memory),
                memory,
                chat.signals);
        RoomEntrance entrance = new RoomEntrance(
                rooms,
                stores,
                new Admission(background, AdmissionSettings.defaults()),
                live,
                () -> stores.log().epoch());
        return new LiveSession(
                Principal.trusted(UserId.random()),
                "Kim",
                ConnectionId.random(),
                sessions.lane(Runnable::run),
                event -> {},
                entrance,
                live,
                sessions);
    }
}
