package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.RoomStore.Acted;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How people join. Part of {@link RoomStoreContract}. */
interface RoomJoiningContract {

    StoreFixture stores();

    private Acted join(Room room, User user) {
        return stores().rooms()
                .act(room.id(), user.id(), new RoomAct.Join(), stores().clock().instant());
    }

    private static boolean isNew(Acted acted) {
        return acted instanceof Acted.Done done && !done.changes().isEmpty();
    }

    @Test
    default void whoJoinsIsAMemberWithTheMarkerAtTheHead() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim);
        Message head = scene.sayMany(room, kim, 3).getLast();
        scene.tick();

        StoreScene.Joined joined = scene.join(room, lee);

        assertThat(joined.membership())
                .isEqualTo(new Membership(
                        room.id(),
                        lee.id(),
                        "Lee",
                        Role.MEMBER,
                        stores().clock().instant(),
                        head.id(),
                        head.seq()));
        assertThat(stores().rooms().membership(room.id(), lee.id())).contains(joined.membership());
        assertThat(scene.now(room).memberCount()).isEqualTo(2);
    }

    @Test
    default void joiningRaisesTheMemberVersion() {
        StoreScene scene = new StoreScene(stores());
        Room room = scene.room(scene.user("Kim"));

        StoreScene.Joined joined = scene.join(room, scene.user("Lee"));

        assertThat(joined.memberVersion()).isGreaterThan(room.memberVersion());
        assertThat(scene.now(room).memberVersion()).isEqualTo(joined.memberVersion());
    }

    @Test
    default void joiningAgainChangesNothing() {
        StoreScene scene = new StoreScene(stores());
        User lee = scene.user("Lee");
        Room room = scene.room(scene.user("Kim"));
        StoreScene.Joined first = scene.join(room, lee);
        scene.tick();

        assertThat(join(room, lee)).isEqualTo(new Acted.Done(scene.now(room), first.membership(), List.of()));
        assertThat(scene.now(room).memberVersion()).isEqualTo(first.memberVersion());
    }

    @Test
    default void aPrivateRoomIsNotThereForStrangers() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(Visibility.PRIVATE, null, kim);

        assertThat(join(room, scene.user("Lee"))).isEqualTo(refused(Refusal.Code.ROOM_NOT_FOUND));
        assertThat(join(room, kim)).isInstanceOf(Acted.Done.class);
        assertThat(stores().rooms()
                        .act(
                                RoomId.random(),
                                kim.id(),
                                new RoomAct.Join(),
                                stores().clock().instant()))
                .isEqualTo(refused(Refusal.Code.ROOM_NOT_FOUND));
    }

    @Test
    default void aFullRoomTakesNobodyUntilSomebodyLeaves() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User park = scene.user("Park");
        Room room = scene.room(Visibility.PUBLIC, 2, kim, lee);

        assertThat(join(room, park)).isEqualTo(refused(Refusal.Code.ROOM_FULL));
        assertThat(join(room, lee)).isInstanceOf(Acted.Done.class);
        assertThat(scene.now(room).memberVersion()).isEqualTo(room.memberVersion());
        scene.leave(room, lee);
        assertThat(join(room, park)).isInstanceOf(Acted.Done.class);
        assertThat(join(room, lee)).isEqualTo(refused(Refusal.Code.ROOM_FULL));
    }

    @Test
    default void capacityHoldsExactlyWithFiftyWhoJoinAtOnce() {
        StoreScene scene = new StoreScene(stores());
        Room room = scene.room(Visibility.PUBLIC, 20, scene.user("Kim"));
        List<User> users = scene.users(50);

        List<Acted> joinings = AtOnce.call(50, i -> join(room, users.get(i)));

        assertThat(joinings.stream().filter(RoomJoiningContract::isNew)).hasSize(19);
        assertThat(joinings.stream().filter(refused(Refusal.Code.ROOM_FULL)::equals))
                .hasSize(31);
        assertThat(joinings.stream()
                        .filter(RoomJoiningContract::isNew)
                        .map(joining -> StoreScene.done(joining).room().memberVersion()))
                .doesNotHaveDuplicates();
        assertThat(scene.now(room).memberCount()).isEqualTo(20);
        assertThat(stores().rooms().members(room.id(), null, 100).items()).hasSize(20);
    }

    @Test
    default void whoJoinsTwentyTimesAtOnceIsOneMember() {
        StoreScene scene = new StoreScene(stores());
        User lee = scene.user("Lee");
        Room room = scene.room(scene.user("Kim"));

        List<Acted> joinings = AtOnce.call(20, i -> join(room, lee));

        assertThat(joinings.stream().filter(RoomJoiningContract::isNew)).hasSize(1);
        assertThat(joinings.stream().filter(joining -> !isNew(joining))).hasSize(19);
        assertThat(scene.now(room).memberCount()).isEqualTo(2);
    }

    @Test
    default void whoComesBackIsANewcomer() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim);
        scene.join(room, lee);
        scene.leave(room, lee);
        Message meanwhile = scene.sayMany(room, kim, 2).getLast();
        scene.tick();
        Instant later = stores().clock().instant();

        StoreScene.Joined joined = scene.join(room, lee);

        assertThat(joined.membership())
                .isEqualTo(new Membership(
                        room.id(), lee.id(), "Lee", Role.MEMBER, later, meanwhile.id(), meanwhile.seq()));
        assertThat(scene.now(room).memberCount()).isEqualTo(2);
    }

    @Test
    default void joiningAndStoringAtOnceLeaveNoHoleAndNoFalseMarker() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<User> users = scene.users(10);

        AtOnce.call(11, i -> {
            if (i == 10) {
                CommandTape tape = new CommandTape();
                for (int n = 0; n < 30; n++) {
                    scene.store(tape.append(Samples.post(room.id(), kim.id(), "text")));
                }
            } else {
                scene.join(room, users.get(i));
            }
            return i;
        });

        StoreScene.assertGapless(scene.history(room));
        assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(30));
        for (User user : users) {
            Sequence marker = stores().rooms()
                    .membership(room.id(), user.id())
                    .orElseThrow()
                    .lastReadSeq();
            assertThat(stores().readMarkers().unread(user.id()))
                    .singleElement()
                    .satisfies(unread -> assertThat(unread.count()).isEqualTo(30 - marker.value()));
        }
    }
}
