package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.assertGapless;
import static dev.confab.testkit.StoreScene.messages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.MessageLog.Stored;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a store does that was restored from a copy: notice, and be filled again (G7, G10). Part of {@link MessageLogContract}. */
interface MessageRestoreContract {

    StoreFixture stores();

    private static List<Command.Post> posts(Room room, User sender, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Samples.post(room.id(), sender.id(), Integer.toString(i)))
                .toList();
    }

    /** Four messages of which a copy was made, six that came after it, and one process that stored all of them. */
    final class Copied {
        private final StoreScene scene;
        private final MessageLog log;
        private final Room room;
        private final CommandTape tape = new CommandTape();
        private final Runnable restore;
        private final Epoch epoch;

        Copied(StoreFixture stores) {
            scene = new StoreScene(stores);
            log = stores.messageLog();
            User kim = scene.user("Kim");
            room = scene.room(kim);
            log.store(tape.append(posts(room, kim, 4)));
            restore = stores.backup();
            log.store(tape.append(posts(room, kim, 6)));
            epoch = log.epoch();
        }
    }

    /** A partition that is behind ends the store's life for all others as well. */
    private static void endLifeElsewhere(MessageLog log, Room room, User sender) {
        CommandTape elsewhere = new CommandTape();
        log.store(elsewhere.append(posts(room, sender, 1)));
        assertThat(log.recheck(elsewhere.partition(), 5)).isEqualTo(1);
    }

    @Test
    default void aPartitionThatWasNeverReadBeginsAtZero() {
        MessageLog log = stores().messageLog();
        Epoch epoch = log.epoch();

        assertThat(log.nextPosition(new CommandTape().partition(), 0)).isZero();
        assertThat(log.epoch()).isEqualTo(epoch);
    }

    @Test
    default void readingGoesOnWhereTheWorkersCommitted() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        CommandTape tape = new CommandTape();
        scene.store(tape.append(posts(scene.room(kim), kim, 10)));
        Epoch epoch = log.epoch();

        // What was stored and not committed may not have been published: it is read again (G5).
        assertThat(log.nextPosition(tape.partition(), 4)).isEqualTo(4);
        assertThat(log.nextPosition(tape.partition(), 0)).isZero();
        assertThat(log.nextPosition(tape.partition(), 10)).isEqualTo(10);
        assertThat(log.epoch()).isEqualTo(epoch);
    }

    @Test
    default void theEpochStaysWhileNothingIsLost() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        CommandTape tape = new CommandTape();
        Epoch epoch = stores().messageLog().epoch();
        scene.store(tape.append(posts(scene.room(kim), kim, 3)));
        scene.store(tape.playFrom(0));
        scene.store(tape.playFrom(1));

        assertThat(stores().messageLog().epoch()).isEqualTo(epoch);
    }

    @Test
    default void aBatchBeyondTheStoresEndIsNotStored() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        scene.store(tape.append(posts(room, kim, 2)));
        tape.append(posts(room, kim, 3));
        Epoch epoch = stores().messageLog().epoch();

        Stored stored = stores().messageLog().store(tape.play(4, 5));

        assertThat(stored).isEqualTo(new Stored.Behind(2));
        assertThat(scene.history(room)).hasSize(2);
        assertThat(stores().messageLog().epoch()).isNotEqualTo(epoch);
        assertThat(messages(scene.store(tape.playFrom(2)))).hasSize(3);
        assertGapless(scene.history(room));
    }

    @Test
    default void aRestoredStoreIsFilledAgainFromTheLog() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        List<Message> kept = messages(scene.store(tape.append(posts(room, kim, 4))));
        Runnable restore = stores().backup();
        List<Message> lost = messages(scene.store(tape.append(posts(room, kim, 6))));
        Epoch epoch = log.epoch();
        CommandBatch next = tape.append(posts(room, kim, 2));

        restore.run();
        assertThat(scene.history(room)).isEqualTo(kept);
        assertThat(log.store(next)).isEqualTo(new Stored.Behind(4));
        List<Publication> publications = scene.store(tape.playFrom(4));

        assertThat(log.epoch()).isNotEqualTo(epoch);
        assertThat(publications).extracting(Publication::epoch).containsOnly(log.epoch());
        assertThat(messages(publications).subList(0, 6))
                .extracting(Message::clientMessageId)
                .containsExactlyElementsOf(
                        lost.stream().map(Message::clientMessageId).toList());
        assertThat(scene.history(room)).hasSize(12).startsWith(kept.toArray(Message[]::new));
        assertGapless(scene.history(room));
        assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(12));
    }

    /** The second copy takes back what the first restore was noticed by, and nothing is ahead of the store any more. */
    @Test
    default void aRestoreThatUndoesWhatTheOneBeforeWasNoticedByIsNoticed() {
        Copied copied = new Copied(stores());
        MessageLog log = copied.log;

        copied.restore.run();
        assertThat(log.recheck(copied.tape.partition(), 10)).isEqualTo(4);
        copied.restore.run();

        assertThat(log.store(copied.tape.play(4, 10))).isEqualTo(new Stored.Behind(4));
        assertThat(log.epoch()).isNotEqualTo(copied.epoch);
        Epoch noticed = log.epoch();
        assertThat(messages(copied.scene.store(copied.tape.playFrom(4)))).hasSize(6);
        assertThat(log.epoch()).isEqualTo(noticed);
        assertGapless(copied.scene.history(copied.room));
    }

    @Test
    default void aRestoreThatUndoesWhatTheOneBeforeWasNoticedByIsNoticedWhereNobodyWrites() {
        Copied copied = new Copied(stores());
        MessageLog log = copied.log;

        copied.restore.run();
        log.recheck(copied.tape.partition(), 10);
        log.store(copied.tape.play(4, 6));
        copied.restore.run();

        assertThat(log.recheck(copied.tape.partition(), 6)).isEqualTo(4);
        assertThat(log.epoch()).isNotEqualTo(copied.epoch);
        Epoch noticed = log.epoch();
        copied.restore.run();
        assertThat(log.recheck(copied.tape.partition(), 4)).isEqualTo(4);
        assertThat(log.epoch()).isNotIn(copied.epoch, noticed);
    }

    /** It knows of the partition only what the group committed before the first restore. */
    @Test
    default void aWorkerThatStartsNoticesARestoreThatUndoesWhatTheOneBeforeWasNoticedBy() {
        Copied copied = new Copied(stores());
        MessageLog log = copied.log;

        copied.restore.run();
        log.recheck(copied.tape.partition(), 10);
        copied.restore.run();

        assertThat(stores().messageLog().nextPosition(copied.tape.partition(), 10))
                .isEqualTo(4);
        assertThat(log.epoch()).isNotEqualTo(copied.epoch);
    }

    /** All that it ever saw of the partition is of lives that are undone. */
    @Test
    default void aWorkerThatBeganAfterTheFirstRestoreNoticesTheSecond() {
        Copied copied = new Copied(stores());
        MessageLog log = copied.log;

        copied.restore.run();
        log.recheck(copied.tape.partition(), 10);
        assertThat(log.nextPosition(copied.tape.partition(), 10)).isEqualTo(4);
        copied.restore.run();

        assertThat(log.store(copied.tape.play(4, 10))).isEqualTo(new Stored.Behind(4));
        assertThat(log.epoch()).isNotEqualTo(copied.epoch);
    }

    /** A store that went on in another life, and is put back to a copy of that life in which a partition was not yet. */
    @Test
    default void aPartitionThatGoesBackWithinALifeIsNoticedThoughItWasInStepInAnEarlierOne() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        log.store(tape.append(posts(room, kim, 4)));
        endLifeElsewhere(log, room, kim);
        Epoch epoch = log.epoch();
        Runnable restore = stores().backup();
        log.store(tape.append(posts(room, kim, 2)));

        restore.run();

        assertThat(log.recheck(tape.partition(), 6)).isEqualTo(4);
        assertThat(log.epoch()).isNotEqualTo(epoch);
    }

    @Test
    default void aWorkerThatStartsNoticesARestoredStore() {
        Copied copied = new Copied(stores());
        MessageLog log = copied.log;

        copied.restore.run();

        assertThat(log.nextPosition(copied.tape.partition(), 9)).isEqualTo(4);
        assertThat(log.epoch()).isNotEqualTo(copied.epoch);
        assertThat(messages(copied.scene.store(copied.tape.playFrom(4)))).hasSize(6);
        assertGapless(copied.scene.history(copied.room));
    }

    @Test
    default void parkingDoesNotHideARestore() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        scene.store(tape.append(posts(room, kim, 2)));
        Runnable restore = stores().backup();
        scene.store(tape.append(posts(room, kim, 3)));
        tape.append(posts(room, kim, 1));
        CommandBatch next = tape.append(posts(room, kim, 1));

        restore.run();
        assertThat(log.recordParked(tape.letter(5, "refused"), 5)).isPresent();

        assertThat(log.store(next)).isEqualTo(new Stored.Behind(2));
    }

    /** What was stored before the letter was lost by a restore, in a life in which the copy does not know the partition. */
    @Test
    default void parkingDoesNotHideARestoreOfALifeThatAnotherPartitionBegan() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        log.store(tape.append(posts(room, kim, 4)));
        endLifeElsewhere(log, room, kim);
        Runnable restore = stores().backup();
        log.store(tape.append(posts(room, kim, 2)));
        tape.append(posts(room, kim, 1));
        CommandBatch next = tape.append(posts(room, kim, 1));

        restore.run();
        log.recordParked(tape.letter(6, "refused"), 6);

        assertThat(log.store(next)).isEqualTo(new Stored.Behind(4));
    }

    @Test
    default void aStoreMadeAnewIsFilledFromTheLogsBeginning() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        tape.append(posts(room, kim, 3));
        Epoch epoch = log.epoch();

        assertThat(log.nextPosition(tape.partition(), 3)).isZero();
        assertThat(log.epoch()).isNotEqualTo(epoch);
        assertThat(messages(scene.store(tape.playFrom(0)))).hasSize(3);
    }
}
