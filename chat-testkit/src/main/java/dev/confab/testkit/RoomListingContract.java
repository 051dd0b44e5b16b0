package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.MemberCursor;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomListCursor;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists of rooms and of members. Part of {@link RoomStoreContract}. */
interface RoomListingContract {

    StoreFixture stores();

    private List<RoomId> roomsOf(User user) {
        return stores().rooms().roomsOf(user.id(), null, 100).items().stream()
                .map(summary -> summary.room().id())
                .toList();
    }

    @Test
    default void roomsAreListedLatestActivityFirst() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room first = scene.room(kim);
        scene.tick();
        Room second = scene.room(kim);
        scene.tick();
        Room third = scene.room(kim);
        assertThat(roomsOf(kim)).containsExactly(third.id(), second.id(), first.id());

        scene.tick();
        scene.say(first, kim, "up");
        assertThat(roomsOf(kim)).containsExactly(first.id(), third.id(), second.id());

        scene.tick();
        scene.say(second, kim, "up");
        assertThat(roomsOf(kim)).containsExactly(second.id(), first.id(), third.id());
    }

    @Test
    default void aListedRoomTellsHowItStandsForItsReader() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        List<Message> messages = scene.sayMany(room, kim, 5);
        stores().readMarkers()
                .mark(
                        room.id(),
                        lee.id(),
                        messages.get(1).id(),
                        stores().clock().instant());

        assertThat(stores().rooms().roomsOf(lee.id(), null, 50).items())
                .containsExactly(new RoomSummary(scene.now(room), 3, new Sequence(2), Role.MEMBER, messages.getLast()));
        assertThat(stores().rooms().roomsOf(kim.id(), null, 50).items())
                .containsExactly(new RoomSummary(scene.now(room), 0, new Sequence(5), Role.OWNER, messages.getLast()));
    }

    @Test
    default void aListedRoomWithoutMessagesHasNoLastOne() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);

        assertThat(stores().rooms().roomsOf(kim.id(), null, 50))
                .isEqualTo(new Page<>(
                        List.of(new RoomSummary(scene.now(room), 0, Sequence.NONE, Role.OWNER, null)), null));
    }

    @Test
    default void onlyRoomsOneIsInAreListed() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room both = scene.room(kim, lee);
        Room left = scene.room(kim, lee);
        scene.room(kim);
        scene.leave(left, lee);

        assertThat(roomsOf(lee)).containsExactly(both.id());
        assertThat(roomsOf(scene.user("Nobody"))).isEmpty();
        assertThat(stores().rooms().roomsOf(UserId.random(), null, 50)).isEqualTo(new Page<>(List.of(), null));
    }

    @Test
    default void roomsArePagedWithoutLossOrRepeatThoughTheirTimesAreTheSame() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        List<RoomId> made = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            made.add(scene.room(kim).id());
        }
        scene.tick();
        Room newest = scene.room(kim);
        made.add(newest.id());

        List<RoomId> listed = new ArrayList<>();
        @Nullable RoomListCursor after = null;
        int pages = 0;
        do {
            Page<RoomSummary, RoomListCursor> page = stores().rooms().roomsOf(kim.id(), after, 4);
            page.items().forEach(summary -> listed.add(summary.room().id()));
            after = page.nextCursor();
            pages++;
        } while (after != null);

        assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
        assertThat(listed.getFirst()).isEqualTo(newest.id());
        assertThat(listed).isEqualTo(roomsOf(kim));
        assertThat(pages).isEqualTo(3);
    }

    @Test
    default void membersAreListedByTheTimeTheyJoined() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<UserId> inOrder = new ArrayList<>(List.of(kim.id()));
        for (User user : scene.users(5)) {
            scene.tick();
            scene.join(room, user);
            inOrder.add(user.id());
        }

        Page<Membership, MemberCursor> page = stores().rooms().members(room.id(), null, 4);

        assertThat(page.items()).extracting(Membership::userId).isEqualTo(inOrder.subList(0, 4));
        assertThat(page.nextCursor())
                .isEqualTo(new MemberCursor(page.items().get(3).joinedAt(), inOrder.get(3)));
        assertThat(stores().rooms()
                        .members(room.id(), Objects.requireNonNull(page.nextCursor()), 4)
                        .items())
                .extracting(Membership::userId)
                .isEqualTo(inOrder.subList(4, 6));
        assertThat(stores().rooms().members(room.id(), null, 6).nextCursor()).isNull();
    }

    @Test
    default void membersArePagedWithoutLossOrRepeatThoughTheyJoinedTogether() {
        StoreScene scene = new StoreScene(stores());
        List<User> users = scene.users(11);
        Room room = scene.room(users.getFirst(), users.subList(1, 11).toArray(User[]::new));

        List<UserId> listed = new ArrayList<>();
        @Nullable MemberCursor after = null;
        do {
            Page<Membership, MemberCursor> page = stores().rooms().members(room.id(), after, 3);
            page.items().forEach(member -> listed.add(member.userId()));
            after = page.nextCursor();
        } while (after != null);

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        users.stream().map(User::id).toList());
    }

    @Test
    default void aListedMemberHasThePresentNicknameAndMarker() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message message = scene.say(room, kim, "hello");
        stores().users().rename(kim.id(), "K.");

        assertThat(stores().rooms().members(room.id(), null, 50).items())
                .containsExactly(new Membership(
                        room.id(), kim.id(), "K.", Role.OWNER, room.createdAt(), message.id(), message.seq()));
    }

    @Test
    default void aRoomThatDoesNotExistHasNoMembers() {
        assertThat(stores().rooms().members(RoomId.random(), null, 50)).isEqualTo(new Page<>(List.of(), null));
    }
}
