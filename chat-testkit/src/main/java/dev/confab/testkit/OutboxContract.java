package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.User;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.Outbox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link Outbox} does. An adapter's test implements {@link #stores()}. */
public interface OutboxContract {

    /** The fixture, the same throughout one test. */
    StoreFixture stores();

    private List<Outbox.Entry> entries(Room room) {
        return stores().outbox().pending(100_000).stream()
                .filter(entry -> entry.change().roomId().equals(room.id()))
                .toList();
    }

    private List<RoomChange> changes(Room room) {
        return entries(room).stream().map(Outbox.Entry::change).toList();
    }

    @Test
    default void aNewRoomTellsOfItsMembers() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");

        Room room = scene.room(kim, lee);

        assertThat(changes(room))
                .containsExactlyInAnyOrder(
                        new RoomChange.MemberJoined(room.id(), kim.id(), Role.OWNER, kim.id(), 1, room.createdAt()),
                        new RoomChange.MemberJoined(room.id(), lee.id(), Role.MEMBER, kim.id(), 1, room.createdAt()));
    }

    @Test
    default void changesOfARoomComeInTheOrderInWhichTheyHappened() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim);
        scene.tick();
        long joined = scene.join(room, lee).memberVersion();
        long handedOver = scene.leave(room, kim).memberVersion();
        long closed = scene.leave(room, lee).memberVersion();
        var now = stores().clock().instant();

        assertThat(changes(room).subList(1, 6))
                .containsExactly(
                        new RoomChange.MemberJoined(room.id(), lee.id(), Role.MEMBER, lee.id(), joined, now),
                        new RoomChange.MemberLeft(room.id(), kim.id(), Role.OWNER, handedOver, now),
                        new RoomChange.RoleChanged(room.id(), lee.id(), Role.OWNER, kim.id(), handedOver, now),
                        new RoomChange.MemberLeft(room.id(), lee.id(), Role.OWNER, closed, now),
                        new RoomChange.RoomClosed(room.id(), lee.id(), closed, now));
    }

    @Test
    default void whatDidNotHappenIsNotTold() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room full = scene.room(Visibility.PUBLIC, 1, kim);

        scene.act(full, lee, new RoomAct.Join());
        scene.act(full, kim, new RoomAct.Join());
        scene.act(full, lee, new RoomAct.Leave());

        assertThat(changes(full)).hasSize(1);
    }

    /** Relays all that is left, a few at a time, and answers it. */
    private List<Outbox.Entry> relayAll() {
        List<Outbox.Entry> relayed = new ArrayList<>();
        while (stores().outbox().relay(2, relayed::addAll) > 0) {
            assertThat(relayed).isNotEmpty();
        }
        return relayed;
    }

    private static List<Outbox.Entry> of(Room room, List<Outbox.Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.change().roomId().equals(room.id()))
                .toList();
    }

    @Test
    default void whatIsRelayedIsHandedOverInItsOrderAndGone() {
        StoreScene scene = new StoreScene(stores());
        Room room = scene.room(scene.user("Kim"));
        scene.users(4).forEach(user -> scene.join(room, user));
        List<Outbox.Entry> before = entries(room);
        assertThat(before).hasSize(5);

        assertThat(of(room, relayAll())).isEqualTo(before);

        assertThat(entries(room)).isEmpty();
        assertThat(stores().outbox().backlog()).isEqualTo(new Outbox.Backlog(0, null));
        assertThat(stores().outbox().relay(10, entries -> {
                    throw new AssertionError("called for nothing");
                }))
                .isZero();
    }

    @Test
    default void noMoreIsRelayedAtOnceThanAskedFor() {
        StoreScene scene = new StoreScene(stores());
        relayAll();
        Room room = scene.room(scene.user("Kim"));
        scene.users(3).forEach(user -> scene.join(room, user));
        List<Outbox.Entry> all = entries(room);
        List<Outbox.Entry> relayed = new ArrayList<>();

        assertThat(stores().outbox().pending(2)).isEqualTo(all.subList(0, 2));
        assertThat(stores().outbox().backlog())
                .isEqualTo(new Outbox.Backlog(4, all.getFirst().change().occurredAt()));
        assertThat(stores().outbox().relay(3, relayed::addAll)).isEqualTo(3);
        assertThat(relayed).isEqualTo(all.subList(0, 3));
        assertThat(entries(room)).isEqualTo(all.subList(3, 4));
    }

    @Test
    default void whatAPublisherFailsAtStaysAndComesAgain() {
        StoreScene scene = new StoreScene(stores());
        relayAll();
        Room room = scene.room(scene.user("Kim"));
        scene.join(room, scene.user("Lee"));
        List<Outbox.Entry> before = entries(room);

        assertThatThrownBy(() -> stores().outbox().relay(10, entries -> {
                    throw new BusUnavailableException("away");
                }))
                .isInstanceOf(BusUnavailableException.class);

        assertThat(entries(room)).isEqualTo(before);
        assertThat(of(room, relayAll())).isEqualTo(before);
    }

    @Test
    default void oneRelaysAtATimeAndWhatHappensMeanwhileIsLeftForTheNextTurn() {
        StoreScene scene = new StoreScene(stores());
        relayAll();
        Room room = scene.room(scene.user("Kim"));
        List<Outbox.Entry> relayed = new ArrayList<>();
        List<Integer> others = new ArrayList<>();

        assertThat(stores().outbox().relay(10, entries -> {
                    relayed.addAll(entries);
                    others.addAll(AtOnce.call(
                            3,
                            i -> stores().outbox().relay(10, other -> {
                                throw new AssertionError("two at a time");
                            })));
                    scene.join(room, scene.user("Lee"));
                }))
                .isEqualTo(1);

        assertThat(others).containsExactly(0, 0, 0);
        assertThat(of(room, relayed)).hasSize(1);
        assertThat(of(room, relayAll())).hasSize(1).doesNotContainAnyElementsOf(relayed);
    }

    @Test
    default void manyWhoRelayWhileRoomsChangeHandOverEachChangeOnceAndInOrder() {
        StoreScene scene = new StoreScene(stores());
        relayAll();
        List<Room> rooms = List.of(scene.room(scene.user("Kim")), scene.room(scene.user("Lee")));
        List<User> users = scene.users(8);
        List<Outbox.Entry> relayed = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger busy = new AtomicInteger(users.size());

        AtOnce.call(users.size() + 3, i -> {
            if (i < users.size()) {
                rooms.forEach(room -> {
                    scene.join(room, users.get(i));
                    scene.leave(room, users.get(i));
                });
                return busy.decrementAndGet();
            }
            while (busy.get() > 0) {
                stores().outbox().relay(3, relayed::addAll);
            }
            return 0;
        });
        relayed.addAll(relayAll());

        assertThat(relayed).doesNotHaveDuplicates().hasSize(34);
        for (Room room : rooms) {
            assertThat(of(room, relayed))
                    .extracting(entry -> entry.change().memberVersion())
                    .hasSize(17)
                    .isSorted();
        }
    }

    @Test
    default void theOrderOfVersionsHoldsWhenManyJoinAndLeaveAtOnce() {
        StoreScene scene = new StoreScene(stores());
        Room room = scene.room(scene.user("Kim"));
        List<User> users = scene.users(20);

        AtOnce.call(20, i -> {
            scene.join(room, users.get(i));
            return scene.leave(room, users.get(i));
        });

        assertThat(changes(room)).hasSize(41);
        assertThat(changes(room))
                .extracting(RoomChange::memberVersion)
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
