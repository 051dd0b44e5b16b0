package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.RoomStore.Acted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How people leave, and what becomes of the room. Part of {@link RoomStoreContract}. */
interface RoomLeavingContract {

    StoreFixture stores();

    private Acted leave(Room room, User user) {
        return stores().rooms()
                .act(room.id(), user.id(), new RoomAct.Leave(), stores().clock().instant());
    }

    private Role roleOf(User user, Room room) {
        return stores().rooms().membership(room.id(), user.id()).orElseThrow().role();
    }

    @Test
    default void whoLeavesIsNoMemberAnyMore() {
        StoreScene scene = new StoreScene(stores());
        User lee = scene.user("Lee");
        Room room = scene.room(scene.user("Kim"), lee);

        StoreScene.Left left = scene.leave(room, lee);

        assertThat(left.memberVersion()).isGreaterThan(room.memberVersion());
        assertThat(scene.now(room).memberVersion()).isEqualTo(left.memberVersion());
        assertThat(scene.now(room).memberCount()).isEqualTo(1);
        assertThat(stores().rooms().membership(room.id(), lee.id())).isEmpty();
        assertThat(stores().rooms().members(room.id(), null, 50).items()).hasSize(1);
        assertThat(stores().rooms().roomsOf(lee.id(), null, 50).items()).isEmpty();
    }

    @Test
    default void whoIsNoMemberCannotLeave() {
        StoreScene scene = new StoreScene(stores());
        User lee = scene.user("Lee");
        Room room = scene.room(scene.user("Kim"), lee);
        scene.leave(room, lee);

        assertThat(leave(room, lee)).isEqualTo(refused(Refusal.Code.NOT_A_MEMBER));
        assertThat(leave(room, scene.user("Stranger"))).isEqualTo(refused(Refusal.Code.NOT_A_MEMBER));
        assertThat(stores().rooms()
                        .act(
                                RoomId.random(),
                                lee.id(),
                                new RoomAct.Leave(),
                                stores().clock().instant()))
                .isEqualTo(refused(Refusal.Code.ROOM_NOT_FOUND));
    }

    @Test
    default void anOwnerHandsTheRoomToWhoStoodLongest() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<User> others = scene.users(3);
        for (User other : others) {
            scene.tick();
            scene.join(room, other);
        }

        scene.leave(room, kim);

        assertThat(roleOf(others.get(0), room)).isEqualTo(Role.OWNER);
        assertThat(roleOf(others.get(1), room)).isEqualTo(Role.MEMBER);
        assertThat(roleOf(others.get(2), room)).isEqualTo(Role.MEMBER);
    }

    @Test
    default void comingBackEndsOnesSeniority() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User park = scene.user("Park");
        Room room = scene.room(kim);
        for (User user : List.of(lee, park)) {
            scene.tick();
            scene.join(room, user);
        }
        scene.leave(room, lee);
        scene.tick();
        scene.join(room, lee);

        scene.leave(room, kim);

        assertThat(roleOf(park, room)).isEqualTo(Role.OWNER);
        assertThat(roleOf(lee, room)).isEqualTo(Role.MEMBER);
    }

    @Test
    default void aMemberWhoLeavesHandsNothingOn() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User park = scene.user("Park");
        Room room = scene.room(kim, lee, park);

        scene.leave(room, lee);

        assertThat(roleOf(kim, room)).isEqualTo(Role.OWNER);
        assertThat(roleOf(park, room)).isEqualTo(Role.MEMBER);
    }

    @Test
    default void theRoomClosesBehindTheLast() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        Message message = scene.say(room, kim, "bye");
        scene.leave(room, kim);
        assertThat(scene.now(room).status()).isEqualTo(RoomStatus.OPEN);

        scene.leave(room, lee);

        assertThat(scene.now(room).status()).isEqualTo(RoomStatus.CLOSED);
        assertThat(scene.now(room).memberCount()).isZero();
        assertThat(scene.act(room, kim, new RoomAct.Join())).isEqualTo(refused(Refusal.Code.ROOM_CLOSED));
        assertThat(scene.history(room)).containsExactly(message);
    }

    @Test
    default void whenAllLeaveAtOnceTheRoomClosesOnce() {
        StoreScene scene = new StoreScene(stores());
        List<User> users = scene.users(20);
        Room room = scene.room(users.getFirst(), users.subList(1, 20).toArray(User[]::new));

        List<Acted> leavings = AtOnce.call(20, i -> leave(room, users.get(i)));

        assertThat(leavings).allMatch(Acted.Done.class::isInstance);
        assertThat(leavings.stream().map(left -> StoreScene.done(left).room().memberVersion()))
                .doesNotHaveDuplicates();
        assertThat(scene.now(room).memberCount()).isZero();
        assertThat(scene.now(room).status()).isEqualTo(RoomStatus.CLOSED);
    }

    @Test
    default void thereIsOneOwnerHoweverManyLeaveAtOnce() {
        StoreScene scene = new StoreScene(stores());
        List<User> users = scene.users(20);
        Room room = scene.room(users.getFirst(), users.subList(1, 20).toArray(User[]::new));

        AtOnce.call(15, i -> leave(room, users.get(i)));

        assertThat(stores().rooms().members(room.id(), null, 50).items())
                .hasSize(5)
                .filteredOn(member -> member.role() == Role.OWNER)
                .hasSize(1);
    }
}
