package dev.confab.jdbi;

import static dev.confab.testkit.StoreScene.assertGapless;
import static dev.confab.testkit.StoreScene.message;
import static dev.confab.testkit.StoreScene.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.StoreUnavailableException;
import dev.confab.testkit.CommandTape;
import dev.confab.testkit.Eventually;
import dev.confab.testkit.Samples;
import dev.confab.testkit.StoreScene;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What storing does while another transaction is in its way, each step held where it hurts. */
final class StoringInterleavingsIT {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final StoreScene scene = new StoreScene(POSTGRES);
    private final User kim = scene.user("Kim");

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A transaction beside the stores'; it ends without a trace unless it commits. */
    private static Connection begin() throws SQLException {
        Connection connection = POSTGRES.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void insert(Connection connection, Room room, User sender, UUID clientMessageId, long seq)
            throws SQLException {
        execute(
                connection,
                "insert into messages (room_id, id, sender_id, client_msg_id, seq, ord, created_at, kafka_offset,"
                        + " kafka_partition, type, content) values ('" + room.id() + "', gen_random_uuid(), '"
                        + sender.id() + "', '" + clientMessageId + "', " + seq + ", " + seq
                        + ", now(), 0, 0, 'TEXT', 'from beside')");
    }

    private static void assertNothingStored(CommandTape tape) {
        assertThat(POSTGRES.ask("select count(*) from partition_progress where topic = '"
                        + tape.partition().log() + "'"))
                .isEqualTo("0");
    }

    @Test
    void aZombieAndItsSuccessorStoreABatchOnceAndTellTheSame() throws Exception {
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        scene.store(tape.append(Samples.post(room.id(), kim.id(), "1")));
        CommandBatch batch = tape.append(Stream.of("2", "3", "4")
                .map(text -> Samples.post(room.id(), kim.id(), text))
                .toList());
        try (JdbiStores other = POSTGRES.open();
                Connection gate = begin()) {
            execute(
                    gate,
                    "select 1 from partition_progress where topic = '"
                            + tape.partition().log() + "' for update");
            Background<?> zombie = Background.run(() -> other.messageLog().store(batch));
            Background<?> successor = Background.run(() -> POSTGRES.messageLog().store(batch));
            POSTGRES.awaitBlocked(2);
            gate.rollback();

            assertThat(zombie.await()).isEqualTo(successor.await());
        }
        assertThat(scene.history(room)).extracting(Message::content).containsExactly("1", "2", "3", "4");
        assertGapless(scene.history(room));
    }

    @Test
    void aDeadlockIsTriedAgain() throws Exception {
        List<Room> rooms = List.of(scene.room(kim), scene.room(kim));
        String low = POSTGRES.ask("select min(id::text) from rooms where id in ('"
                + rooms.get(0).id() + "', '" + rooms.get(1).id() + "')");
        String high = POSTGRES.ask("select max(id::text) from rooms where id in ('"
                + rooms.get(0).id() + "', '" + rooms.get(1).id() + "')");
        String deadlocks = "select deadlocks > 0 from pg_stat_database where datname = current_database()";
        assertThat(POSTGRES.ask(deadlocks)).isEqualTo("f");
        CommandTape tape = new CommandTape();
        CommandBatch batch = tape.append(rooms.stream()
                .map(room -> Samples.post(room.id(), kim.id(), "x"))
                .toList());

        List<Publication> publications;
        try (Connection other = begin()) {
            execute(other, "set local deadlock_timeout = '1min'"); // the store's side is the one to give way
            execute(other, "select 1 from rooms where id = '" + high + "' for update");
            Background<List<Publication>> storing = Background.run(() -> scene.store(batch));
            POSTGRES.awaitBlocked(1);
            execute(other, "select 1 from rooms where id = '" + low + "' for update");
            other.rollback();
            publications = storing.await();
        }

        assertThat(messages(publications)).hasSize(2);
        rooms.forEach(room -> assertThat(scene.history(room)).hasSize(1));
        Eventually.holds(() -> assertThat(POSTGRES.ask(deadlocks)).isEqualTo("t"));
    }

    @Test
    void aMessageThatAppearsWhileItIsStoredIsARepeat() throws Exception {
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post contested = Samples.post(room.id(), kim.id(), "from the log");
        CommandBatch batch = tape.append(
                Samples.post(room.id(), kim.id(), "before"), contested, Samples.post(room.id(), kim.id(), "after"));

        List<Message> told;
        try (Connection other = begin()) {
            insert(other, room, kim, contested.clientMessageId().value(), 1_000);
            Background<List<Publication>> storing = Background.run(() -> scene.store(batch));
            POSTGRES.awaitBlocked(1);
            other.commit();
            told = messages(storing.await());
        }

        assertThat(told).extracting(Message::content).containsExactly("before", "from beside", "after");
        assertThat(told).extracting(message -> message.seq().value()).containsExactly(1L, 1_000L, 2L);
        assertThat(POSTGRES.ask("select count(*) from messages where room_id = '" + room.id() + "'"))
                .isEqualTo("3");
    }

    @Test
    void aMessageThatVanishesWhileItIsStoredIsNoRepeat() throws Exception {
        Room room = scene.room(kim);
        Command.Post contested = Samples.post(room.id(), kim.id(), "from the log");

        Message told;
        try (Connection other = begin()) {
            insert(other, room, kim, contested.clientMessageId().value(), 1_000);
            Background<List<Publication>> storing =
                    Background.run(() -> scene.store(new CommandTape().append(contested)));
            POSTGRES.awaitBlocked(1);
            other.rollback();
            told = message(storing.await().getFirst());
        }

        assertThat(told.content()).isEqualTo("from the log");
        assertThat(scene.history(room)).containsExactly(told);
    }

    /** The database is not as it should be; that is nothing a command could be blamed and parked for. */
    @Test
    void aPlaceThatIsTakenByAnotherMessageHoldsThePartitionUp() throws Exception {
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        CommandBatch batch = tape.append(Samples.post(room.id(), kim.id(), "1"));
        try (Connection other = begin()) {
            insert(other, room, kim, UUID.randomUUID(), 1);
            other.commit();
        }

        assertThatThrownBy(() -> POSTGRES.messageLog().store(batch))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("23505");

        assertNothingStored(tape);
        POSTGRES.sql("delete from messages where room_id = '" + room.id() + "'");
        assertThat(scene.store(batch)).hasSize(1);
    }

    @Test
    void aBrokenConnectionLeavesNothingHalfStored() throws Exception {
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        CommandBatch batch = tape.append(
                Samples.post(room.id(), kim.id(), "1"),
                Samples.post(room.id(), kim.id(), "2"),
                Samples.post(room.id(), kim.id(), "3"));
        try (Connection other = begin()) {
            // Locked by this row alone: the messages are written before the markers move.
            execute(other, "select 1 from room_members where room_id = '" + room.id() + "' for update");
            Background<?> storing = Background.run(() -> POSTGRES.messageLog().store(batch));
            POSTGRES.awaitBlocked(1);
            POSTGRES.breakConnections();

            assertThatThrownBy(storing::await).isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(scene.history(room)).isEmpty();
        assertNothingStored(tape);

        assertThat(scene.store(batch)).hasSize(3);
        assertGapless(scene.history(room));
    }
}
