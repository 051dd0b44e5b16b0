package dev.confab.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Marking;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.User;
import dev.confab.testkit.AtOnce;
import dev.confab.testkit.CommandTape;
import dev.confab.testkit.Samples;
import dev.confab.testkit.StoreScene;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Markers that move in one transaction with those of others, and what else holds their rows. */
final class MarkersTogetherIT {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final StoreScene scene = new StoreScene(POSTGRES);

    private Marking.Marked mark(Room room, User user, Message message) {
        return (Marking.Marked) POSTGRES.readMarkers()
                .mark(room.id(), user.id(), message.id(), POSTGRES.clock().instant());
    }

    @Test
    void oneMemberWhoseRowIsHeldDoesNotHoldUpTheOthers() throws Exception {
        List<User> users = scene.users(10);
        User held = users.getLast();
        Room room = scene.room(users.getFirst(), users.subList(1, 10).toArray(User[]::new));
        Message message = scene.say(room, users.getFirst(), "hello");

        Background<Marking.Marked> waiting;
        try (Connection other = POSTGRES.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select 1 from room_members where user_id = '" + held.id() + "' for update");
            waiting = Background.run(() -> mark(room, held, message));
            POSTGRES.awaitBlocked(1);

            List<Marking.Marked> others = AtOnce.call(8, i -> mark(room, users.get(i + 1), message));

            assertThat(others).allMatch(marked -> marked.moved() && marked.unreadCount() == 0);
            other.commit();
        }
        assertThat(waiting.await().moved()).isTrue();
    }

    /** Two servers mark in many rooms while their members send there: nobody may be in anybody's way for good. */
    @Test
    void markersOfTwoServersAndMessagesOfTheSameMembersMoveAtOnce() {
        List<User> users = scene.users(20);
        List<Room> rooms = new ArrayList<>();
        List<Message> hellos = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Room room = scene.room(users.getFirst(), users.subList(1, 20).toArray(User[]::new));
            rooms.add(room);
            hellos.addAll(scene.sayMany(room, users.getFirst(), 4));
        }
        try (JdbiStores second = POSTGRES.open()) {
            CommandTape tape = new CommandTape();
            AtOnce.call(40, i -> {
                if (i == 0) {
                    for (int batch = 0; batch < 10; batch++) {
                        List<Command> posts = new ArrayList<>();
                        rooms.forEach(room -> users.subList(10, 20)
                                .forEach(user -> posts.add(Samples.post(room.id(), user.id(), "x"))));
                        scene.store(tape.append(posts));
                    }
                    return 0;
                }
                JdbiStores server = i % 2 == 0 ? POSTGRES.stores() : second;
                for (int n = 0; n < hellos.size(); n++) {
                    Message message = hellos.get((n + i) % hellos.size());
                    User reader = users.get((n * 7 + i) % 20);
                    server.readMarkers()
                            .mark(
                                    message.roomId(),
                                    reader.id(),
                                    message.id(),
                                    POSTGRES.clock().instant());
                }
                return 0;
            });
        }

        rooms.forEach(room -> {
            Message last = scene.say(room, users.getFirst(), "last");
            AtOnce.call(19, i -> mark(room, users.get(i + 1), last));
        });
        assertThat(users)
                .allSatisfy(user -> assertThat(POSTGRES.readMarkers().unread(user.id()))
                        .hasSize(8)
                        .allMatch(unread -> unread.count() == 0));
    }
}
