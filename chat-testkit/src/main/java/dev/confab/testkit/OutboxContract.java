package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChangeId;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.User;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.Outbox;
import java.util.List;
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

    @Test
    default void whatIsDoneIsGoneAndTheRestStays() {
        StoreScene scene = new StoreScene(stores());
        Room room = scene.room(scene.user("Kim"));
        scene.join(room, scene.user("Lee"));
        scene.join(room, scene.user("Park"));
        List<Outbox.Entry> before = entries(room);

        stores().outbox().done(List.of(before.get(0).id(), before.get(1).id(), ChangeId.random()));
        stores().outbox().done(List.of(before.get(1).id()));
        stores().outbox().done(List.of());

        assertThat(entries(room)).containsExactly(before.get(2));
    }

    @Test
    default void theOldestComeFirstAndNoMoreThanAskedFor() {
        StoreScene scene = new StoreScene(stores());
        stores().outbox()
                .done(stores().outbox().pending(100_000).stream()
                        .map(Outbox.Entry::id)
                        .toList());
        Room room = scene.room(scene.user("Kim"));
        scene.users(3).forEach(user -> scene.join(room, user));
        List<Outbox.Entry> all = entries(room);

        assertThat(stores().outbox().pending(2)).isEqualTo(all.subList(0, 2));
        assertThat(stores().outbox().pending(4)).isEqualTo(all);
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
