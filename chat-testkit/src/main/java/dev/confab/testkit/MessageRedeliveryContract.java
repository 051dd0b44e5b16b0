package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.assertGapless;
import static dev.confab.testkit.StoreScene.message;
import static dev.confab.testkit.StoreScene.messages;
import static dev.confab.testkit.StoreScene.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.CommandBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same command once more is the same message, for ever (G2, G5). Part of {@link MessageLogContract}. */
interface MessageRedeliveryContract {

    StoreFixture stores();

    private static List<Command.Post> posts(Room room, User sender, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Samples.post(room.id(), sender.id(), Integer.toString(i)))
                .toList();
    }

    @Test
    default void aBatchDeliveredAgainIsToldAgainAndStoredOnce() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        List<Publication> first = scene.store(tape.append(posts(room, kim, 5)));
        scene.tick();

        assertThat(scene.store(tape.playFrom(0))).isEqualTo(first);
        assertThat(scene.store(tape.playFrom(0))).isEqualTo(first);
        assertThat(scene.history(room)).isEqualTo(messages(first));
        assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(5));
    }

    @Test
    default void halfOfABatchDeliveredAgainGoesOnWhereItEnded() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        List<Publication> first = scene.store(tape.append(posts(room, kim, 6)));
        tape.append(posts(room, kim, 4));

        List<Publication> second = scene.store(tape.play(3, 10));

        assertThat(second.subList(0, 3)).isEqualTo(first.subList(3, 6));
        assertThat(scene.history(room)).hasSize(10);
        assertGapless(scene.history(room));
        assertThat(messages(second)).isEqualTo(scene.history(room).subList(3, 10));
    }

    @Test
    default void anOldBatchDeliveredAgainAfterNewerOnesChangesNothing() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        List<Publication> first = scene.store(tape.append(posts(room, kim, 3)));
        scene.store(tape.append(posts(room, kim, 3)));

        assertThat(scene.store(tape.play(0, 3))).isEqualTo(first);
        assertThat(stores().messageLog().nextPosition(tape.partition(), 6)).isEqualTo(6);
        assertThat(scene.history(room)).hasSize(6);
    }

    @Test
    default void repeatsInsideABatchAreOneMessage() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Command.Post post = Samples.post(room.id(), kim.id(), "once");
        Command.Post repeat = Samples.again(post);

        List<Publication> publications =
                scene.store(new CommandTape().append(post, Samples.post(room.id(), kim.id(), "other"), repeat, post));

        assertThat(messages(publications))
                .extracting(message -> message.seq().value())
                .containsExactly(1L, 2L, 1L, 1L);
        assertThat(publications.get(2).traceId()).isEqualTo(repeat.traceId());
        assertThat(scene.history(room)).hasSize(2);
    }

    @Test
    default void repeatOfAnAcceptedSendKeepsItsFirstSequence() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post post = Samples.post(room.id(), kim.id(), "once");
        Message first = message(scene.store(tape.append(post)).getFirst());
        scene.store(tape.append(posts(room, kim, 3)));
        scene.tick();

        Message again = message(scene.store(tape.append(Samples.again(post))).getFirst());

        assertThat(again).isEqualTo(first);
        assertThat(scene.history(room)).hasSize(4);
    }

    @Test
    default void theFirstContentWins() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        ClientMessageId name = ClientMessageId.random();
        CommandTape tape = new CommandTape();
        scene.store(tape.append(Samples.post(room.id(), kim.id(), name, "first")));

        Message again = message(scene.store(tape.append(Samples.post(room.id(), kim.id(), name, "second")))
                .getFirst());

        assertThat(again.content()).isEqualTo("first");
        assertThat(scene.history(room)).containsExactly(again);
    }

    @Test
    default void theSameNameFromAnotherSenderOrInAnotherRoomIsAnotherMessage() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        Room other = scene.room(kim);
        ClientMessageId name = ClientMessageId.random();

        List<Message> messages = messages(scene.store(new CommandTape()
                .append(
                        Samples.post(room.id(), kim.id(), name, "Kim's"),
                        Samples.post(room.id(), lee.id(), name, "Lee's"),
                        Samples.post(other.id(), kim.id(), name, "elsewhere"))));

        assertThat(messages).extracting(Message::content).containsExactly("Kim's", "Lee's", "elsewhere");
        assertThat(scene.history(room)).hasSize(2);
        assertThat(scene.history(other)).hasSize(1);
    }

    @Test
    default void aSenderWhoLeftBetweenStoreAndRedeliveryKeepsTheFirstOutcome() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        CommandTape tape = new CommandTape();
        List<Publication> first = scene.store(tape.append(posts(room, lee, 3)));
        scene.leave(room, lee);

        List<Publication> again = scene.store(tape.playFrom(0));

        assertThat(messages(again)).isEqualTo(messages(first));
    }

    @Test
    default void aSenderWhoLeftRepeatsAStoredSend() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        CommandTape tape = new CommandTape();
        Command.Post post = Samples.post(room.id(), lee.id(), "mine");
        Message first = message(scene.store(tape.append(post)).getFirst());
        scene.leave(room, lee);

        List<Publication> publications =
                scene.store(tape.append(Samples.again(post), Samples.post(room.id(), lee.id(), "new")));

        assertThat(message(publications.get(0))).isEqualTo(first);
        assertThat(rejection(publications.get(1)).reason()).isEqualTo(Rejection.NOT_A_MEMBER);
    }

    @Test
    default void aSendIsRepeatedAfterTheRoomClosed() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post post = Samples.post(room.id(), kim.id(), "last words");
        Message first = message(scene.store(tape.append(post)).getFirst());
        scene.leave(room, kim);

        assertThat(message(scene.store(tape.append(Samples.again(post))).getFirst()))
                .isEqualTo(first);
    }

    @Test
    default void aRejectionIsFinal() {
        StoreScene scene = new StoreScene(stores());
        User lee = scene.user("Lee");
        Room room = scene.room(scene.user("Kim"));
        CommandTape tape = new CommandTape();
        Command.Post early = Samples.post(room.id(), lee.id(), "too early");
        scene.store(tape.append(early, Samples.again(early)));
        scene.join(room, lee);

        List<Publication> publications =
                scene.store(tape.append(Samples.again(early), Samples.post(room.id(), lee.id(), "now")));

        assertThat(rejection(publications.get(0)).reason()).isEqualTo(Rejection.NOT_A_MEMBER);
        assertThat(message(publications.get(1)).seq()).isEqualTo(new Sequence(1));
    }

    @Test
    default void twoWorkersWithTheSamePartitionStoreEverythingOnce() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        List<Room> rooms = List.of(scene.room(kim), scene.room(kim));
        CommandTape tape = new CommandTape();
        List<CommandBatch> batches = new ArrayList<>();
        for (int batch = 0; batch < 10; batch++) {
            List<Command> commands = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                commands.add(Samples.post(rooms.get(i % 2).id(), kim.id(), "text"));
            }
            batches.add(tape.append(commands));
        }

        List<List<Message>> told = AtOnce.call(
                2,
                worker -> batches.stream()
                        .flatMap(batch -> messages(scene.store(batch)).stream())
                        .toList());

        assertThat(told.get(0)).isEqualTo(told.get(1));
        for (Room room : rooms) {
            List<Message> ofRoom = told.get(0).stream()
                    .filter(message -> message.roomId().equals(room.id()))
                    .toList();
            assertThat(ofRoom).hasSize(40);
            assertGapless(ofRoom);
            assertThat(scene.history(room)).isEqualTo(ofRoom);
        }
    }

    @Test
    default void aZombieWithAnOverlappingBatchDoesNotBreakTheOrder() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        scene.store(tape.append(posts(room, kim, 5)));
        tape.append(posts(room, kim, 15));

        List<List<Message>> told = AtOnce.call(
                4, worker -> messages(scene.store(worker % 2 == 0 ? tape.play(0, 10 + worker) : tape.play(5, 20))));

        List<Message> history = scene.history(room);
        assertThat(history).hasSize(20);
        assertGapless(history);
        assertThat(told.get(0)).isEqualTo(history.subList(0, 10));
        assertThat(told.get(1)).isEqualTo(history.subList(5, 20));
        assertThat(told.get(2)).isEqualTo(history.subList(0, 12));
        assertThat(history)
                .extracting(Message::clientMessageId)
                .containsExactlyElementsOf(tape.playFrom(0).entries().stream()
                        .map(entry -> ((CommandBatch.Logged) entry).command().commandId())
                        .toList());
    }

    @Test
    default void aCommandLoggedTwentyTimesAtOnceIsOneMessage() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Command.Post post = Samples.post(room.id(), kim.id(), "once");

        List<Message> told = AtOnce.call(
                20,
                i -> message(scene.store(new CommandTape().append(Samples.again(post)))
                        .getFirst()));

        assertThat(told).containsOnly(told.getFirst());
        assertThat(scene.history(room)).containsExactly(told.getFirst());
    }
}
