package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.RoomStore.Joining;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How people join. Part of {@link RoomStoreContract}. */
interface RoomJoiningContract {

    StoreFixture stores();

    private Joining join(Room room, User user) {
        return stores().rooms().join(room.id(), user.id(), stores().clock().instant());
    }

    @Test
    default void whoJoinsIsAMemberWithTheMarkerAtTheHead() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim);
        Message head = scene.sayMany(room, kim, 3).getLast();
        scene.tick();

        Joining.Joined joined = scene.join(room, lee);

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

        Joining.Joined joined = scene.join(room, scene.user("Lee"));

        assertThat(joined.memberVersion()).isGreaterThan(room.memberVersion());
        assertThat(scene.now(room).memberVersion()).isEqualTo(joined.memberVersion());
    }

    @Test
    default void joiningAgainChangesNothing() {
        StoreScene scene = new StoreScene(stores());
        User lee = scene.user("Lee");
        Room room = scene.room(scene.user("Kim"));
        Joining.Joined first = scene.join(room, lee);
        scene.tick();

        assertThat(join(room, lee)).isEqualTo(new Joining.AlreadyMember(first.membership()));
        assertThat(scene.now(room).memberVersion()).isEqualTo(first.memberVersion());
    }

    @Test
    default void aPrivateRoomIsNotThereForStrangers() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(Visibility.PRIVATE, null, kim);

        assertThat(join(room, scene.user("Lee"))).isEqualTo(new Joining.NotFound());
        assertThat(join(room, kim)).isInstanceOf(Joining.AlreadyMember.class);
        assertThat(stores().rooms()
                        .join(RoomId.random(), kim.id(), stores().clock().instant()))
                .isEqualTo(new Joining.NotFound());
    }

    @Test
    default void aFullRoomTakesNobodyUntilSomebodyLeaves() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User park = scene.user("Park");
        Room room = scene.room(Visibility.PUBLIC, 2, kim, lee);

        assertThat(join(room, park)).isEqualTo(new Joining.Full());
        assertThat(join(room, lee)).isInstanceOf(Joining.AlreadyMember.class);
        assertThat(scene.now(room).memberVersion()).isEqualTo(room.memberVersion());
        scene.leave(room, lee);
        assertThat(join(room, park)).isInstanceOf(Joining.Joined.class);
        assertThat(join(room, lee)).isEqualTo(new Joining.Full());
    }

    @Test
    default void capacityHoldsExactlyWithFiftyWhoJoinAtOnce() {
        StoreScene scene = new StoreScene(stores());
        Room room = scene.room(Visibility.PUBLIC, 20, scene.user("Kim"));
        List<User> users = scene.users(50);

        List<Joining> joinings = AtOnce.call(50, i -> join(room, users.get(i)));

        assertThat(joinings.stream().filter(Joining.Joined.class::isInstance)).hasSize(19);
        assertThat(joinings.stream().filter(new Joining.Full()::equals)).hasSize(31);
        assertThat(joinings.stream()
                        .filter(Joining.Joined.class::isInstance)
                        .map(joining -> ((Joining.Joined) joining).memberVersion()))
                .doesNotHaveDuplicates();
        assertThat(scene.now(room).memberCount()).isEqualTo(20);
        assertThat(stores().rooms().members(room.id(), null, 100).items()).hasSize(20);
    }

    @Test
    default void whoJoinsTwentyTimesAtOnceIsOneMember() {
        StoreScene scene = new StoreScene(stores());
        User lee = scene.user("Lee");
        Room room = scene.room(scene.user("Kim"));

        List<Joining> joinings = AtOnce.call(20, i -> join(room, lee));

        assertThat(joinings.stream().filter(Joining.Joined.class::isInstance)).hasSize(1);
        assertThat(joinings.stream().filter(Joining.AlreadyMember.class::isInstance))
                .hasSize(19);
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

        Joining.Joined joined = scene.join(room, lee);

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
