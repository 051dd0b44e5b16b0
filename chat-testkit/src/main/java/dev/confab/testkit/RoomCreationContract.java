package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.RoomStore.Creation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How rooms begin and are found. Part of {@link RoomStoreContract}. */
interface RoomCreationContract {

    StoreFixture stores();

    @Test
    default void aNewRoomIsFoundAsItWasMade() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Map<String, @Nullable Object> nested = new HashMap<>();
        nested.put("nothing", null);
        nested.put("list", Arrays.asList("a", true, null, 7, Map.of("k", "값 🙂")));
        Map<String, @Nullable Object> metadata = new HashMap<>();
        metadata.put("topic", "잡담 \"quoted\" \\ 🙂");
        metadata.put("count", 42);
        metadata.put("nested", nested);
        RoomStore.NewRoom made = new RoomStore.NewRoom(
                RoomId.random(),
                "방 🙂",
                Visibility.PRIVATE,
                7,
                metadata,
                kim.id(),
                List.of(lee.id()),
                stores().clock().instant());

        Creation creation = stores().rooms().create(made);

        assertThat(creation).isInstanceOf(Creation.Created.class);
        Room room = ((Creation.Created) creation).room();
        assertThat(room)
                .isEqualTo(new Room(
                        made.id(),
                        "방 🙂",
                        RoomType.GROUP,
                        Visibility.PRIVATE,
                        RoomStatus.OPEN,
                        null,
                        7,
                        metadata,
                        kim.id(),
                        made.createdAt(),
                        2,
                        Sequence.NONE,
                        null,
                        null,
                        room.memberVersion(),
                        null));
        assertThat(room.memberVersion()).isPositive();
        assertThat(stores().rooms().find(made.id())).contains(room);
    }

    @Test
    default void aRoomNeedsNoCapacityAndNoMetadata() {
        StoreScene scene = new StoreScene(stores());

        Room room = scene.room(scene.user("Kim"));

        assertThat(room.capacity()).isNull();
        assertThat(room.metadata()).isEmpty();
        assertThat(scene.now(room)).isEqualTo(room);
    }

    @Test
    default void theCreatorIsOwnerAndTheOthersAreMembers() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);

        assertThat(stores().rooms().membership(room.id(), kim.id()))
                .contains(
                        new Membership(room.id(), kim.id(), "Kim", Role.OWNER, room.createdAt(), null, Sequence.NONE));
        assertThat(stores().rooms().membership(room.id(), lee.id()))
                .contains(
                        new Membership(room.id(), lee.id(), "Lee", Role.MEMBER, room.createdAt(), null, Sequence.NONE));
        assertThat(stores().rooms().membership(room.id(), scene.user("Stranger").id()))
                .isEmpty();
        assertThat(stores().rooms().membership(RoomId.random(), kim.id())).isEmpty();
    }

    @Test
    default void aRoomWithUnknownMembersIsNotMade() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        UserId ghost = UserId.random();
        UserId phantom = UserId.random();
        RoomStore.NewRoom wanted = scene.newRoom(
                Visibility.PUBLIC, null, kim, List.of(ghost, scene.user("Lee").id(), phantom));

        Creation creation = stores().rooms().create(wanted);

        assertThat(creation).isInstanceOf(Creation.UnknownUsers.class);
        assertThat(((Creation.UnknownUsers) creation).userIds()).containsExactlyInAnyOrder(ghost, phantom);
        assertThat(stores().rooms().find(wanted.id())).isEmpty();
        assertThat(stores().rooms().roomsOf(kim.id(), null, 50).items()).isEmpty();
    }

    @Test
    default void aRoomMayBeginWithManyMembers() {
        StoreScene scene = new StoreScene(stores());
        List<User> users = scene.users(120);

        Room room = scene.room(users.getFirst(), users.subList(1, 120).toArray(User[]::new));

        assertThat(room.memberCount()).isEqualTo(120);
    }

    @Test
    default void aRoomThatDoesNotExistIsNotFound() {
        assertThat(stores().rooms().find(RoomId.random())).isEmpty();
        assertThat(stores().rooms().standing(RoomId.random(), List.of())).isEmpty();
    }

    @Test
    default void theStandingTellsWhoOfTheAskedIsMember() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User park = scene.user("Park");
        User stranger = scene.user("Stranger");
        Room room = scene.room(kim, lee, park);
        scene.sayMany(room, kim, 3);
        scene.leave(room, park);

        assertThat(stores().rooms().standing(room.id(), List.of(lee.id(), park.id(), stranger.id(), UserId.random())))
                .contains(new RoomStanding(
                        room.id(),
                        RoomStatus.OPEN,
                        Visibility.PUBLIC,
                        scene.now(room).memberVersion(),
                        2,
                        new Sequence(3),
                        Sequence.NONE,
                        Set.of(lee.id())));
        assertThat(stores().rooms().standing(room.id(), List.of()).orElseThrow().members())
                .isEmpty();
    }

    @Test
    default void whoAsksAtTheSameTimeAsManyOthersIsToldOfTheRoomAndUserAskedFor() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        List<User> guests = scene.users(20);
        List<Room> rooms = guests.stream().map(guest -> scene.room(kim, guest)).toList();

        List<Integer> wrong = IntStream.range(0, 20 * 20)
                .parallel()
                .filter(i -> {
                    Room room = rooms.get(i / 20);
                    User guest = guests.get(i % 20);
                    RoomStanding standing = stores().rooms()
                            .standing(room.id(), List.of(guest.id()))
                            .orElseThrow();
                    boolean isMember = i / 20 == i % 20;
                    return !standing.roomId().equals(room.id())
                            || !standing.members().equals(isMember ? Set.of(guest.id()) : Set.of())
                            || !stores().users().find(guest.id()).equals(Optional.of(guest));
                })
                .boxed()
                .toList();

        assertThat(wrong).isEmpty();
    }
}
