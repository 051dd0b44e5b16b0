package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.done;
import static dev.confab.testkit.StoreScene.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.DirectPair;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomCursor;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.User;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.RoomStore.Creation;
import dev.confab.chat.port.out.RoomStore.NewRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** DIRECT and BOOKING rooms, and how public ones are found. Part of {@link RoomStoreContract}. */
interface RoomKindsContract {

    StoreFixture stores();

    private static Room room(Creation creation) {
        return switch (creation) {
            case Creation.Created(Room room) -> room;
            case Creation.Existing(Room room, boolean cameBack) -> room;
            case Creation.UnknownUsers unknown -> throw new AssertionError("unknown " + unknown.userIds());
        };
    }

    private NewRoom named(User owner, String name, Visibility visibility) {
        return new NewRoom(
                RoomId.random(),
                name,
                visibility,
                null,
                Map.of(),
                owner.id(),
                List.of(),
                stores().clock().instant());
    }

    @Test
    default void aDirectRoomIsForTwoWithoutRanks() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");

        Creation creation = stores().rooms().create(scene.newDirect(kim, lee));

        assertThat(creation).isInstanceOf(Creation.Created.class);
        Room room = room(creation);
        assertThat(room.type()).isEqualTo(RoomType.DIRECT);
        assertThat(room.name()).isNull();
        assertThat(room.memberCount()).isEqualTo(2);
        DirectPair pair = Objects.requireNonNull(room.pair());
        assertThat(pair.peerOf(kim.id())).contains(new DirectPair.Peer(lee.id(), "Lee"));
        assertThat(pair.peerOf(lee.id())).contains(new DirectPair.Peer(kim.id(), "Kim"));
        assertThat(pair.peerOf(scene.user("Stranger").id())).isEmpty();
        assertThat(scene.now(room)).isEqualTo(room);
        assertThat(stores().rooms().members(room.id(), null, 50).items())
                .extracting(Membership::role)
                .containsOnly(Role.MEMBER);
        for (RoomAct act : List.of(
                new RoomAct.Invite(scene.user("Park").id()),
                new RoomAct.Remove(lee.id()),
                new RoomAct.Ban(lee.id(), null, null),
                new RoomAct.ChangeRole(lee.id(), Role.ADMIN),
                new RoomAct.Update("x", null, null, null),
                new RoomAct.Close())) {
            assertThat(scene.act(room, kim, act)).isEqualTo(refused(Refusal.Code.FORBIDDEN));
        }
        assertThat(scene.act(room, scene.user("Choi"), new RoomAct.Join()))
                .isEqualTo(refused(Refusal.Code.ROOM_NOT_FOUND));
    }

    @Test
    default void twentyWhoMakeTheSameDirectRoomAtOnceMakeOne() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");

        List<Creation> creations = AtOnce.call(
                20, i -> stores().rooms().create(i % 2 == 0 ? scene.newDirect(kim, lee) : scene.newDirect(lee, kim)));

        assertThat(creations.stream().filter(Creation.Created.class::isInstance))
                .hasSize(1);
        assertThat(creations.stream().map(RoomKindsContract::room).map(Room::id).distinct())
                .hasSize(1);
        assertThat(stores().rooms().roomsOf(kim.id(), null, 50).items()).hasSize(1);
    }

    @Test
    default void makingADirectRoomAgainLetsOneBackIn() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = room(stores().rooms().create(scene.newDirect(kim, lee)));
        scene.say(room, lee, "hello");
        scene.leave(room, kim);

        Creation again = stores().rooms().create(scene.newDirect(kim, lee));

        assertThat(again).isEqualTo(new Creation.Existing(scene.now(room), true));
        assertThat(scene.now(room).memberCount()).isEqualTo(2);
        assertThat(scene.now(room).memberVersion()).isEqualTo(room.memberVersion() + 2);
        assertThat(stores().rooms()
                        .membership(room.id(), kim.id())
                        .orElseThrow()
                        .lastReadSeq()
                        .value())
                .isEqualTo(1);
        assertThat(stores().rooms().create(scene.newDirect(kim, lee)))
                .isEqualTo(new Creation.Existing(scene.now(room), false));
    }

    @Test
    default void aDirectRoomThatBothHaveLeftOpensAgain() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = room(stores().rooms().create(scene.newDirect(kim, lee)));
        scene.leave(room, kim);
        scene.leave(room, lee);
        assertThat(scene.now(room).status()).isEqualTo(RoomStatus.CLOSED);

        stores().rooms().create(scene.newDirect(lee, kim));

        assertThat(scene.now(room).status()).isEqualTo(RoomStatus.OPEN);
        assertThat(scene.now(room).memberCount()).isEqualTo(1);
    }

    @Test
    default void aPeerHasThePresentNickname() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = room(stores().rooms().create(scene.newDirect(kim, lee)));

        stores().users().rename(lee.id(), "L.");

        assertThat(Objects.requireNonNull(scene.now(room).pair()).peerOf(kim.id()))
                .contains(new DirectPair.Peer(lee.id(), "L."));
        assertThat(stores().rooms().roomsOf(kim.id(), null, 50).items())
                .singleElement()
                .satisfies(summary -> assertThat(summary.room()).isEqualTo(scene.now(room)));
    }

    @Test
    default void aBookingRoomKeepsItsBooking() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        NewRoom booking = new NewRoom(
                RoomId.random(),
                "Table 4",
                RoomType.BOOKING,
                Visibility.PRIVATE,
                "b-17",
                null,
                Map.of(),
                kim.id(),
                List.of(),
                stores().clock().instant());

        Room room = room(stores().rooms().create(booking));

        assertThat(room.type()).isEqualTo(RoomType.BOOKING);
        assertThat(room.bookingId()).isEqualTo("b-17");
        assertThat(scene.now(room)).isEqualTo(room);
    }

    @Test
    default void openPublicRoomsAreFoundByPartOfTheirName() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        String mark = UUID.randomUUID().toString();
        Room found = room(stores().rooms().create(named(kim, "The PLANS % " + mark, Visibility.PUBLIC)));
        room(stores().rooms().create(named(kim, "plans " + mark, Visibility.PRIVATE)));
        Room closed = room(stores().rooms().create(named(kim, "plans " + mark, Visibility.PUBLIC)));
        done(scene.act(closed, kim, new RoomAct.Close()));
        Room renamed = room(stores().rooms().create(named(kim, "other", Visibility.PUBLIC)));
        done(scene.act(renamed, kim, new RoomAct.Update("Ｐlans % " + mark, null, null, null)));

        assertThat(stores().rooms().publicRooms("PlanS % " + mark, null, 50).items())
                .containsExactlyInAnyOrder(found, scene.now(renamed));
        assertThat(stores().rooms().publicRooms("no such " + mark, null, 50).items())
                .isEmpty();
        assertThat(stores().rooms().publicRooms("", null, 1).items()).hasSize(1);
    }

    @Test
    default void publicRoomsArePagedTheNewestFirst() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        String mark = UUID.randomUUID().toString();
        List<RoomId> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.addFirst(room(stores().rooms().create(named(kim, mark + i, Visibility.PUBLIC)))
                    .id());
            if (i % 2 == 0) {
                scene.tick();
            }
        }

        List<RoomId> listed = new ArrayList<>();
        @Nullable RoomCursor after = null;
        do {
            Page<Room, RoomCursor> page = stores().rooms().publicRooms(mark, after, 3);
            page.items().forEach(room -> listed.add(room.id()));
            after = page.nextCursor();
        } while (after != null);

        assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
        assertThat(listed.getLast()).isEqualTo(made.getLast());
    }
}
