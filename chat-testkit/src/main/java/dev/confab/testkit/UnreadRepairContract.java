package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UnreadFinding;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.UnreadRepair;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What every {@link UnreadRepair} does (G8). An adapter's test implements {@link #stores()}, which answers the same
 * fixture throughout one test.
 */
public interface UnreadRepairContract {

    /** The stores under test. */
    StoreFixture stores();

    /** The findings for all rooms, in pages of that size. */
    default List<UnreadFinding> check(int limit, boolean repair) {
        List<UnreadFinding> findings = new ArrayList<>();
        Page<UnreadFinding, RoomId> page = stores().unreadRepair().check(null, limit, repair);
        findings.addAll(page.items());
        while (page.hasMore()) {
            page = stores().unreadRepair().check(page.nextCursor(), limit, repair);
            findings.addAll(page.items());
        }
        return findings;
    }

    @Test
    default void everyRoomIsLookedAtOnce() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        List<RoomId> rooms = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rooms.add(scene.room(kim).id());
        }

        List<RoomId> looked =
                check(2, false).stream().map(UnreadFinding::roomId).toList();

        assertThat(looked).containsAll(rooms).doesNotHaveDuplicates();
    }

    /** Whatever people did, the counts that were kept are those that a recount gives. */
    @Test
    default void nothingThatPeopleDoMakesACountWrong() {
        StoreScene scene = new StoreScene(stores());
        RandomGenerator random = new SplittableRandom(20_261_121);
        List<User> users = scene.users(6);
        Room room = scene.room(users.getFirst(), users.subList(1, 6).toArray(User[]::new));
        List<Message> messages = new ArrayList<>();
        for (int step = 0; step < 150; step++) {
            User user = users.get(random.nextInt(5));
            switch (random.nextInt(5)) {
                case 0, 1 -> messages.add(scene.say(room, user, "message " + step));
                case 2 -> {
                    if (!messages.isEmpty()) {
                        Message read = messages.get(random.nextInt(messages.size()));
                        stores().readMarkers()
                                .mark(
                                        room.id(),
                                        user.id(),
                                        read.id(),
                                        stores().clock().instant());
                    }
                }
                case 3 -> {
                    if (!messages.isEmpty()) {
                        Message gone = messages.get(random.nextInt(messages.size()));
                        scene.store(new CommandTape()
                                .append(Samples.delete(gone, users.getFirst().id())));
                    }
                }
                default -> {
                    scene.leave(room, users.getLast());
                    scene.join(room, users.getLast());
                }
            }
        }

        List<Long> before = unread(users);
        assertThat(check(50, true)).allMatch(UnreadFinding::isRight);
        assertThat(unread(users)).isEqualTo(before);
    }

    private List<Long> unread(List<User> users) {
        return users.stream()
                .map(user -> stores().readMarkers().unread(user.id()).getFirst().count())
                .toList();
    }
}
