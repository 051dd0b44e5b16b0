package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.assertGapless;
import static dev.confab.testkit.StoreScene.message;
import static dev.confab.testkit.StoreScene.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.MessageLog;
import org.junit.jupiter.api.Test;

/** What becomes of commands that were parked and are put back (G6). Part of {@link MessageLogContract}. */
interface MessageReplayContract {

    StoreFixture stores();

    @Test
    default void aReplayedSendIsStoredOnceAndItsSenderIsTold() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post post = Samples.post(room.id(), kim.id(), "poison");
        scene.store(tape.append(Samples.post(room.id(), kim.id(), "before")));
        tape.append(post);
        log.recordParked(tape.letter(1, "refused"), 1);
        scene.store(tape.append(Samples.post(room.id(), kim.id(), "after")));

        Message stored = message(scene.store(tape.appendReplay(post)).getFirst());

        assertThat(stored.clientMessageId()).isEqualTo(post.clientMessageId());
        assertThat(scene.history(room)).extracting(Message::content).containsExactly("before", "after", "poison");
        assertGapless(scene.history(room));
        assertThat(log.outcome(room.id(), kim.id(), post.commandId())).contains(new Outcome.Persisted(stored));
    }

    @Test
    default void aReplayThatComesAgainFindsWhatItBecame() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post post = Samples.post(room.id(), kim.id(), "poison");
        tape.append(post);
        stores().messageLog().recordParked(tape.letter(0, "refused"), 0);
        Message stored = message(scene.store(tape.appendReplay(post)).getFirst());

        assertThat(message(scene.store(tape.play(1, 2)).getFirst()))
                .as("delivered again")
                .isEqualTo(stored);
        assertThat(message(scene.store(tape.appendReplay(post)).getFirst()))
                .as("replayed again")
                .isEqualTo(stored);
        assertThat(message(scene.store(tape.append(Samples.again(post))).getFirst()))
                .as("sent again")
                .isEqualTo(stored);
        assertThat(scene.history(room)).containsExactly(stored);
    }

    @Test
    default void twoReplaysOfOneSendInOneBatchAreOneMessage() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post post = Samples.post(room.id(), kim.id(), "poison");
        tape.append(post);
        stores().messageLog().recordParked(tape.letter(0, "refused"), 0);
        tape.appendReplay(post);
        tape.appendReplay(post);

        var told = scene.store(tape.playFrom(1));

        assertThat(told).hasSize(2);
        assertThat(message(told.getFirst())).isEqualTo(message(told.getLast()));
        assertThat(scene.history(room)).hasSize(1);
    }

    @Test
    default void aReplayThatIsRefusedByNowEndsAsRejected() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        CommandTape tape = new CommandTape();
        Command.Post post = Samples.post(room.id(), lee.id(), "poison");
        tape.append(post);
        log.recordParked(tape.letter(0, "refused"), 0);
        scene.leave(room, lee);

        Publication told = scene.store(tape.appendReplay(post)).getFirst();

        assertThat(rejection(told).reason()).isEqualTo(Rejection.NOT_A_MEMBER);
        assertThat(log.outcome(room.id(), lee.id(), post.commandId()))
                .contains(new Outcome.Rejected(Rejection.NOT_A_MEMBER));
        scene.join(room, lee);
        assertThat(rejection(scene.store(tape.appendReplay(post)).getFirst()).reason())
                .as("an outcome that is not parked is the last one")
                .isEqualTo(Rejection.NOT_A_MEMBER);
    }

    @Test
    default void aReplayedEditChangesItsMessageOnce() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message message = scene.say(room, kim, "first");
        CommandTape tape = new CommandTape();
        Command.Edit edit = Samples.edit(message, kim.id(), "second");
        tape.append(edit);
        log.recordParked(tape.letter(0, "refused"), 0);

        Publication told = scene.store(tape.appendReplay(edit)).getFirst();
        Publication again = scene.store(tape.appendReplay(edit)).getFirst();

        assertThat(told.event()).isInstanceOf(ChatEvent.MessageEdited.class);
        assertThat(again.event()).isEqualTo(told.event());
        assertThat(scene.now(room).lastSeq().value()).isEqualTo(2);
        assertThat(log.find(room.id(), message.id()).orElseThrow().content()).isEqualTo("second");
    }

    @Test
    default void aReplayIntoARoomThatIsNotThereEndsAsRejected() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        CommandTape tape = new CommandTape();
        Command.Post post = Samples.post(RoomId.random(), kim.id(), "poison");
        tape.append(post);
        log.recordParked(tape.letter(0, "refused"), 0);

        Publication told = scene.store(tape.appendReplay(post)).getFirst();

        assertThat(rejection(told).reason()).isEqualTo(Rejection.ROOM_NOT_FOUND);
        assertThat(log.outcome(post.roomId(), kim.id(), post.commandId()))
                .contains(new Outcome.Rejected(Rejection.ROOM_NOT_FOUND));
    }

    @Test
    default void aReplayThatIsParkedAgainStaysParkedAndMayBeReplayedLater() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post post = Samples.post(room.id(), kim.id(), "poison");
        tape.append(post);
        log.recordParked(tape.letter(0, "refused"), 0);
        tape.appendReplay(post);

        Publication told = log.recordParked(tape.letter(1, "refused again"), 1).orElseThrow();

        assertThat(rejection(told).reason()).isEqualTo(Rejection.PARKED);
        assertThat(log.outcome(room.id(), kim.id(), post.commandId())).contains(new Outcome.Rejected(Rejection.PARKED));
        assertThat(message(scene.store(tape.appendReplay(post)).getFirst()).content())
                .isEqualTo("poison");
    }

    /** As after an upgrade of the workers: what nobody could read is read at last. */
    @Test
    default void whoseRecordCouldNotBeReadIsToldAndItMayBeReplayed() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post post = Samples.post(room.id(), kim.id(), "of another version");
        tape.appendUnreadable(new LetterAddressee(room.id(), kim.id(), post.commandId(), null), post.traceId());

        Publication told =
                log.recordParked(tape.letter(0, "unknown version"), 0).orElseThrow();

        assertThat(rejection(told).commandId()).isEqualTo(post.commandId());
        assertThat(rejection(told).reason()).isEqualTo(Rejection.PARKED);
        assertThat(told.traceId()).isEqualTo(post.traceId());
        assertThat(log.outcome(room.id(), kim.id(), post.commandId())).contains(new Outcome.Rejected(Rejection.PARKED));
        Message stored = message(scene.store(tape.appendReplay(post)).getFirst());
        assertThat(log.outcome(room.id(), kim.id(), post.commandId())).contains(new Outcome.Persisted(stored));
    }
}
