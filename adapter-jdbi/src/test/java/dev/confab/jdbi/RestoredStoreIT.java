package dev.confab.jdbi;

import static dev.confab.testkit.StoreScene.assertGapless;
import static dev.confab.testkit.StoreScene.messages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.MessageLog.Stored;
import dev.confab.testkit.CommandTape;
import dev.confab.testkit.Samples;
import dev.confab.testkit.StoreScene;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that was put back to an older state while the log went on (G7, G10). */
final class RestoredStoreIT {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final StoreScene scene = new StoreScene(POSTGRES);
    private final MessageLog log = POSTGRES.messageLog();
    private final User kim = scene.user("Kim");

    private List<Command.Post> posts(Room room, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Samples.post(room.id(), kim.id(), Integer.toString(i)))
                .toList();
    }

    private static List<CommandTape> partitions(int count) {
        String name = "tape." + UUID.randomUUID();
        return IntStream.range(0, count)
                .mapToObj(number -> new CommandTape(new CommandPartition(name, number)))
                .toList();
    }

    @Test
    void theEpochNamesTheClusterItsTimelineAndTheStoresLife() {
        assertThat(log.epoch().value())
                .hasSizeLessThanOrEqualTo(200)
                .isEqualTo(POSTGRES.ask("select value from store_epoch") + "."
                        + POSTGRES.ask("select system_identifier from pg_control_system()") + "."
                        + POSTGRES.ask("select to_char(timeline_id, 'FM00000000') from pg_control_checkpoint()"));
    }

    @Test
    void aRestoreThatAllPartitionsNoticeChangesTheEpochOnce() {
        Room room = scene.room(kim);
        List<CommandTape> tapes = partitions(6);
        tapes.forEach(tape -> scene.store(tape.append(posts(room, 2))));
        Runnable restore = POSTGRES.backup();
        tapes.forEach(tape -> scene.store(tape.append(posts(room, 2))));
        Epoch before = log.epoch();

        restore.run();
        Set<Epoch> epochs = new HashSet<>();
        for (CommandTape tape : tapes) {
            assertThat(log.store(tape.append(posts(room, 1)))).isEqualTo(new Stored.Behind(2));
            epochs.add(log.epoch());
        }

        assertThat(epochs).hasSize(1).doesNotContain(before);
        tapes.forEach(tape -> assertThat(scene.store(tape.playFrom(2))).hasSize(3));
        assertThat(log.epoch()).isEqualTo(epochs.iterator().next());
        assertThat(scene.history(room)).hasSize(30);
        assertGapless(scene.history(room));
    }

    @Test
    void eachRestoreOfAPartitionChangesTheEpoch() {
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        scene.store(tape.append(posts(room, 2)));
        Runnable restore = POSTGRES.backup();
        scene.store(tape.append(posts(room, 2)));
        restore.run();
        assertThat(log.nextPosition(tape.partition(), 4)).isEqualTo(2);
        Epoch first = log.epoch();
        scene.store(tape.playFrom(2));
        Runnable secondRestore = POSTGRES.backup();
        scene.store(tape.append(posts(room, 2)));

        secondRestore.run();

        assertThat(log.nextPosition(tape.partition(), 6)).isEqualTo(4);
        assertThat(log.epoch()).isNotEqualTo(first);
    }

    @Test
    void otherServersLearnTheNewEpoch() {
        CommandTape tape = new CommandTape();
        try (JdbiStores other = POSTGRES.open()) {
            Epoch before = other.messageLog().epoch();
            assertThat(log.nextPosition(tape.partition(), 7)).isZero();

            assertThat(other.messageLog().epoch()).isEqualTo(log.epoch()).isNotEqualTo(before);
        }
    }

    @Test
    void aDatabaseWhoseRowsVanishedIsFilledAgain() {
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        scene.store(tape.append(posts(room, 5)));
        Epoch before = log.epoch();
        POSTGRES.sql("delete from messages where room_id = '" + room.id() + "'");
        POSTGRES.sql("update rooms set last_seq = 0, ord = 0, last_message_id = null, last_message_at = null"
                + " where id = '" + room.id() + "'");
        POSTGRES.sql("update room_members set last_read_seq = 0, read_ord = 0, last_read_message_id = null"
                + " where room_id = '" + room.id() + "'");
        POSTGRES.sql("delete from partition_progress where topic = '"
                + tape.partition().log() + "'");

        assertThat(log.store(tape.append(posts(room, 1)))).isEqualTo(new Stored.Behind(0));
        assertThat(log.epoch()).isNotEqualTo(before);
        assertThat(scene.store(tape.playFrom(0))).hasSize(6);
        assertGapless(scene.history(room));
    }

    /** The letter is far beyond what the restored store has; closing the gap over it would lose what lies between. */
    @Test
    void parkingDoesNotHideARestore() {
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        scene.store(tape.append(posts(room, 2)));
        Runnable restore = POSTGRES.backup();
        scene.store(tape.append(posts(room, 3)));
        tape.append(Samples.post(room.id(), kim.id(), "poison"));

        restore.run();
        assertThat(log.recordParked(tape.letter(5, "refused"), 5)).isPresent();

        assertThat(log.store(tape.append(posts(room, 1)))).isEqualTo(new Stored.Behind(2));
        scene.store(tape.play(2, 5));
        assertThat(log.nextPosition(tape.partition(), 5)).isEqualTo(5);
        assertThat(scene.history(room)).hasSize(5);
        assertGapless(scene.history(room));
    }

    /** Kafka's topic was deleted and made again: its offsets begin at 0, and the store knows higher ones. */
    @Test
    void aLogThatWasMadeAnewIsStoredThoughItsOffsetsAreLow() {
        Room room = scene.room(kim);
        CommandTape before = new CommandTape();
        scene.store(before.append(posts(room, 5)));
        CommandTape anew = new CommandTape(before.partition());

        List<Message> told = messages(scene.store(anew.append(posts(room, 3))));

        assertThat(told).extracting(message -> message.seq().value()).containsExactly(6L, 7L, 8L);
        assertThat(log.nextPosition(anew.partition(), 3)).isEqualTo(3);
    }

    @Test
    void whatWasStoredBeforeARestoreKeepsItsOutcome() {
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        List<Message> kept = messages(scene.store(tape.append(posts(room, 3))));
        Runnable restore = POSTGRES.backup();
        scene.store(tape.append(posts(room, 3)));

        restore.run();
        assertThat(log.store(tape.playFrom(0))).isEqualTo(new Stored.Behind(3));
        List<Message> told = messages(scene.store(tape.playFrom(0)));

        assertThat(told).startsWith(kept.toArray(Message[]::new)).hasSize(6);
        assertThat(Stream.concat(kept.stream(), told.stream().skip(3)).toList()).isEqualTo(scene.history(room));
    }
}
