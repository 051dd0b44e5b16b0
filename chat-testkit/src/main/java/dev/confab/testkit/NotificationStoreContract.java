package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.NotificationLevel;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.NotificationStore;
import dev.confab.chat.port.out.NotificationStore.Told;
import dev.confab.chat.port.out.RoomStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link NotificationStore} does. An adapter's test implements {@link #stores()}, which answers the same
 * fixture throughout one test.
 */
public interface NotificationStoreContract {

    /** The stores under test. */
    StoreFixture stores();

    private boolean set(Room room, User user, NotificationLevel level) {
        return stores().notifications().setLevel(room.id(), user.id(), level);
    }

    private List<UserId> unaware(Message message) {
        return stores().notifications().unaware(message, null, 100).items();
    }

    private Instant now() {
        return stores().clock().instant();
    }

    @Test
    default void membersButTheAuthorAreUnawareOfWhatTheyHaveNotRead() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User ada = scene.user("Ada");
        Room room = scene.room(kim, lee, ada);
        Message first = scene.say(room, kim, "one");
        Message second = scene.say(room, kim, "two");

        assertThat(unaware(first)).containsExactlyInAnyOrder(lee.id(), ada.id());
        stores().readMarkers().mark(room.id(), lee.id(), first.id(), now());
        assertThat(unaware(first)).containsExactly(ada.id());
        assertThat(unaware(second)).containsExactlyInAnyOrder(lee.id(), ada.id());
        scene.say(room, ada, "three");
        assertThat(unaware(second)).containsExactly(lee.id());
    }

    @Test
    default void whoCameLaterOrLeftIsNotUnaware() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User gone = scene.user("Gone");
        User late = scene.user("Late");
        Room room = scene.room(kim, gone);
        Message message = scene.say(room, kim, "one");
        scene.leave(room, gone);
        scene.join(room, late);

        assertThat(unaware(message)).isEmpty();
        assertThat(unaware(scene.say(room, kim, "two"))).containsExactly(late.id());
    }

    @Test
    default void theLevelSaysOfWhatSomebodyWantsToBeTold() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User all = scene.user("All" + kim.id());
        User mentioned = scene.user("Mentioned");
        User overlooked = scene.user("Overlooked");
        User none = scene.user("Nothing");
        Room room = scene.room(kim, all, mentioned, overlooked, none);

        assertThat(set(room, mentioned, NotificationLevel.MENTIONS)).isTrue();
        assertThat(set(room, overlooked, NotificationLevel.MENTIONS)).isTrue();
        assertThat(set(room, none, NotificationLevel.NONE)).isTrue();
        Message message = scene.say(room, kim, "@Mentioned and @Nothing, look");
        assertThat(message.mentions()).containsExactlyInAnyOrder(mentioned.id(), none.id());
        assertThat(unaware(message)).containsExactlyInAnyOrder(all.id(), mentioned.id());

        assertThat(set(room, none, NotificationLevel.ALL)).isTrue();
        assertThat(unaware(message)).contains(none.id());
    }

    @Test
    default void onlyMembersHaveALevelAndWhoComesBackBeginsAnew() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        assertThat(set(room, scene.user("Stranger"), NotificationLevel.ALL)).isFalse();
        assertThat(stores().notifications().setLevel(RoomId.random(), kim.id(), NotificationLevel.ALL))
                .isFalse();

        set(room, lee, NotificationLevel.NONE);
        scene.leave(room, lee);
        assertThat(set(room, lee, NotificationLevel.NONE)).isFalse();
        scene.join(room, lee);
        assertThat(unaware(scene.say(room, kim, "welcome back"))).containsExactly(lee.id());
    }

    @Test
    default void thoseWhoAreUnawareComeInPages() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        List<User> others = scene.users(5);
        Room room = scene.room(kim, others.toArray(User[]::new));
        Message message = scene.say(room, kim, "hello all");

        List<UserId> found = new ArrayList<>();
        @Nullable UserId after = null;
        do {
            Page<UserId, UserId> page = stores().notifications().unaware(message, after, 2);
            assertThat(page.items()).hasSizeBetween(1, 2);
            found.addAll(page.items());
            after = page.nextCursor();
        } while (after != null);
        assertThat(found)
                .isEqualTo(others.stream()
                        .map(User::id)
                        .sorted(Comparator.comparing(UserId::toString))
                        .toList());
    }

    @Test
    default void messagesAreFoundAsTheyNowAre() {
        StoreScene scene = new StoreScene(stores());
        CommandTape tape = new CommandTape();
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        Room direct = ((RoomStore.Creation.Created) stores().rooms().create(scene.newDirect(kim, lee))).room();
        Message kept = scene.say(room, kim, "kept");
        Message edited = scene.say(room, kim, "wrong");
        Message deleted = scene.say(room, kim, "regretted");
        Message between = scene.say(direct, lee, "just us");
        List<Command> changes =
                List.of(Samples.edit(edited, kim.id(), "right @Lee"), Samples.delete(deleted, kim.id()));
        scene.store(tape.append(changes));

        List<Told> told = stores().notifications().current(List.of(between, deleted, edited, kept));
        assertThat(told).extracting(each -> each.message().id()).containsExactly(between.id(), edited.id(), kept.id());
        assertThat(told).extracting(Told::roomName).containsExactly(null, room.name(), room.name());
        assertThat(told.get(0).message()).isEqualTo(between);
        assertThat(told.get(1).message().content()).isEqualTo("right @Lee");
        assertThat(told.get(1).message().mentions()).containsExactly(lee.id());
        assertThat(told.get(2).message().senderName()).isEqualTo("Kim");
    }

    @Test
    default void messagesThatAreNotThereAreLeftOut() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message message = scene.say(room, kim, "here");
        Message lost = StoreScene.message(BusExamples.posted(room.id(), kim.id(), 2, "lost"));
        Message elsewhere = StoreScene.message(BusExamples.posted(RoomId.random(), kim.id(), 1, "nowhere"));

        NotificationStore notifications = stores().notifications();
        assertThat(notifications.current(List.of())).isEmpty();
        assertThat(notifications.current(List.of(lost, elsewhere, message)))
                .extracting(told -> Objects.requireNonNull(told.message().content()))
                .containsExactly("here");
        assertThat(Stream.of(elsewhere).flatMap(each -> unaware(each).stream())).isEmpty();
    }
}
