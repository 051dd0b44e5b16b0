package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.assertGapless;
import static dev.confab.testkit.StoreScene.message;
import static dev.confab.testkit.StoreScene.messages;
import static dev.confab.testkit.StoreScene.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.MessageLog;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of records that cannot be stored (G6, G11). Part of {@link MessageLogContract}. */
interface MessageParkingContract {

    StoreFixture stores();

    @Test
    default void aParkedCommandEndsAsParkedAndItsSenderIsTold() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post poison = Samples.post(room.id(), kim.id(), "poison");
        tape.append(poison);

        Publication told = log.recordParked(tape.letter(0, "refused"), 0).orElseThrow();

        assertThat(rejection(told).reason()).isEqualTo(Rejection.PARKED);
        assertThat(rejection(told).roomId()).isEqualTo(room.id());
        assertThat(rejection(told).senderId()).isEqualTo(kim.id());
        assertThat(rejection(told).commandId()).isEqualTo(poison.commandId());
        assertThat(told.traceId()).isEqualTo(poison.traceId());
        assertThat(told.epoch()).isEqualTo(log.epoch());
        assertThat(log.outcome(room.id(), kim.id(), poison.commandId()))
                .contains(new Outcome.Rejected(Rejection.PARKED));
        assertThat(scene.history(room)).isEmpty();
    }

    @Test
    default void nobodyIsToldOfARecordThatCouldNotBeRead() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        tape.appendUnreadable(Samples.trace());

        assertThat(log.recordParked(tape.letter(0, "ignored"), 0)).isEmpty();
        assertThat(log.nextPosition(tape.partition(), 1)).isEqualTo(1);
        assertThat(scene.store(tape.append(Samples.post(room.id(), kim.id(), "next"))))
                .hasSize(1);
    }

    @Test
    default void neighboursOfAParkedCommandGoOn() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        scene.store(tape.append(Samples.post(room.id(), kim.id(), "1")));
        tape.append(Samples.post(room.id(), kim.id(), "poison"));
        stores().messageLog().recordParked(tape.letter(1, "refused"), 1);

        scene.store(tape.append(Samples.post(room.id(), kim.id(), "2")));

        assertThat(scene.history(room)).extracting(Message::content).containsExactly("1", "2");
        assertGapless(scene.history(room));
    }

    @Test
    default void parkingAgainTellsTheSameAgain() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        CommandTape tape = new CommandTape();
        tape.append(Samples.post(scene.room(kim).id(), kim.id(), "poison"));
        DeadLetter letter = tape.letter(0, "refused");

        Optional<Publication> first = log.recordParked(letter, letter.offset());

        assertThat(first).isPresent();
        assertThat(log.recordParked(letter, letter.offset())).isEqualTo(first);
    }

    @Test
    default void aRepeatOfAParkedCommandIsParked() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post poison = Samples.post(room.id(), kim.id(), "poison");
        tape.append(poison);
        stores().messageLog().recordParked(tape.letter(0, "refused"), 0);

        Publication again = scene.store(tape.append(Samples.again(poison))).getFirst();

        assertThat(rejection(again).reason()).isEqualTo(Rejection.PARKED);
        assertThat(rejection(scene.store(tape.playFrom(0)).getFirst()).reason()).isEqualTo(Rejection.PARKED);
        assertThat(scene.history(room)).isEmpty();
    }

    @Test
    default void aStoredCommandThatIsParkedLaterStaysStored() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post post = Samples.post(room.id(), kim.id(), "fine");
        Message stored = message(scene.store(tape.append(post)).getFirst());
        tape.append(Samples.again(post));

        Publication told = log.recordParked(tape.letter(1, "refused"), 1).orElseThrow();

        assertThat(message(told)).isEqualTo(stored);
        assertThat(log.outcome(room.id(), kim.id(), post.commandId())).contains(new Outcome.Persisted(stored));
    }

    @Test
    default void aRejectedCommandThatIsParkedLaterStaysRejected() {
        StoreScene scene = new StoreScene(stores());
        User stranger = scene.user("Stranger");
        Room room = scene.room(scene.user("Kim"));
        CommandTape tape = new CommandTape();
        scene.store(tape.append(Samples.post(room.id(), stranger.id(), "no")));

        Publication told =
                stores().messageLog().recordParked(tape.letter(0, "refused"), 0).orElseThrow();

        assertThat(rejection(told).reason()).isEqualTo(Rejection.NOT_A_MEMBER);
    }

    @Test
    default void parkingAnOldRecordDoesNotMoveThePartitionBack() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        TraceId trace = Samples.trace();
        scene.store(tape.appendUnreadable(trace));
        scene.store(tape.append(Samples.post(room.id(), kim.id(), "1"), Samples.post(room.id(), kim.id(), "2")));

        stores().messageLog().recordParked(tape.letter(0, "ignored"), 0);

        assertThat(stores().messageLog().nextPosition(tape.partition(), 3)).isEqualTo(3);
        assertThat(messages(scene.store(tape.append(Samples.post(room.id(), kim.id(), "3")))))
                .hasSize(1);
    }
}
