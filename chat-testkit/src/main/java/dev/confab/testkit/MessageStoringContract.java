package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.assertGapless;
import static dev.confab.testkit.StoreScene.message;
import static dev.confab.testkit.StoreScene.messages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.CommandBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of a room (G3). Part of {@link MessageLogContract}. */
interface MessageStoringContract {

    StoreFixture stores();

    @Test
    default void aStoreIsThere() {
        stores().messageLog().check();
    }

    @Test
    default void theFirstMessageOfARoomTakesPlaceOne() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);

        assertThat(scene.now(room).lastSeq()).isEqualTo(Sequence.NONE);
        assertThat(scene.say(room, kim, "hello").seq()).isEqualTo(new Sequence(1));
    }

    @Test
    default void placesOfARoomRiseByOneOverManyBatches() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> messages = new ArrayList<>();
        for (int batch = 0; batch < 5; batch++) {
            messages.addAll(scene.sayMany(room, kim, 7));
            scene.tick();
        }

        assertGapless(messages);
        assertThat(scene.history(room)).isEqualTo(messages);
        assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(35));
        assertThat(scene.now(room).lastMessageId()).isEqualTo(messages.getLast().id());
        assertThat(scene.now(room).lastMessageAt()).isEqualTo(messages.getLast().createdAt());
    }

    @Test
    default void everyRoomHasAnOrderOfItsOwn() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        List<Room> rooms = List.of(scene.room(kim), scene.room(kim), scene.room(kim));
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            commands.add(Samples.post(rooms.get(i % 3).id(), kim.id(), "text " + i));
        }

        List<Message> stored = messages(scene.store(new CommandTape().append(commands)));

        assertThat(stored).extracting(Message::content).containsExactlyElementsOf(contents(commands));
        for (Room room : rooms) {
            assertGapless(stored.stream()
                    .filter(message -> message.roomId().equals(room.id()))
                    .toList());
            assertThat(scene.history(room)).hasSize(4);
        }
    }

    private static List<String> contents(List<Command> commands) {
        return commands.stream()
                .map(command -> ((Command.Post) command).body().content())
                .toList();
    }

    @Test
    default void publicationsTellTheTraceTheEpochAndTheMemberVersion() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        scene.join(room, scene.user("Lee"));
        Command.Post first = Samples.post(room.id(), kim.id(), "1");
        Command.Post second = Samples.post(room.id(), kim.id(), "2");

        List<Publication> publications = scene.store(new CommandTape().append(first, second));

        assertThat(publications).extracting(Publication::traceId).containsExactly(first.traceId(), second.traceId());
        assertThat(publications)
                .extracting(Publication::epoch)
                .containsOnly(stores().messageLog().epoch());
        assertThat(publications)
                .extracting(Publication::memberVersion)
                .containsOnly(scene.now(room).memberVersion());
    }

    @Test
    default void aStoredMessageSaysWhatWasSent() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("김 🙂");
        Room room = scene.room(kim);
        Message question = scene.say(room, kim, "?");
        String content = "안녕 🙂 'quote' \"double\" back\\slash \t tab \r\n line; drop table -- %s {} \u0001 "
                + "한".repeat(3_000);
        Command.Post post = new Command.Post(
                room.id(),
                kim.id(),
                ClientMessageId.random(),
                new MessageBody(MessageType.IMAGE, content),
                question.id(),
                MutableClock.START,
                Samples.trace());

        Message message = message(scene.store(new CommandTape().append(post)).getFirst());

        assertThat(message)
                .isEqualTo(new Message(
                        message.id(),
                        new Sequence(2),
                        room.id(),
                        kim.id(),
                        "김 🙂",
                        post.clientMessageId(),
                        MessageType.IMAGE,
                        content,
                        question.id(),
                        List.of(),
                        message.id().createdAt(),
                        null,
                        null));
        assertThat(stores().messageLog().find(room.id(), message.id())).contains(message);
        assertThat(scene.history(room)).containsExactly(question, message);
    }

    @Test
    default void idsRiseWhileTheClockStandsStill() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> messages = new ArrayList<>();
        for (int batch = 0; batch < 4; batch++) {
            messages.addAll(scene.sayMany(room, kim, 25));
        }

        assertGapless(messages);
    }

    @Test
    default void idsRiseThoughTheClockGoesBackwards() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> messages = new ArrayList<>();
        for (int batch = 0; batch < 5; batch++) {
            messages.addAll(scene.sayMany(room, kim, 3));
            stores().clock().advance(Duration.ofMinutes(-10));
        }

        assertGapless(messages);
        assertThat(scene.history(room)).isEqualTo(messages);
    }

    @Test
    default void aBatchOfNothingReadableMovesThePartitionOn() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();

        assertThat(scene.store(tape.appendUnreadable(Samples.trace()))).isEmpty();
        assertThat(scene.store(tape.append())).isEmpty();
        assertThat(scene.store(tape.append(Samples.post(room.id(), kim.id(), "on"))))
                .hasSize(1);
        assertThat(stores().messageLog().nextPosition(tape.partition(), tape.end()))
                .isEqualTo(tape.end());
    }

    @Test
    default void readableNeighboursOfAnUnreadableRecordAreStored() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        TraceId trace = Samples.trace();
        tape.append(Samples.post(room.id(), kim.id(), "1"));
        tape.appendUnreadable(trace);
        tape.append(Samples.post(room.id(), kim.id(), "2"));

        List<Publication> publications = scene.store(tape.playFrom(0));

        assertThat(messages(publications)).extracting(Message::content).containsExactly("1", "2");
        assertGapless(messages(publications));
    }

    @Test
    default void aLogMayBeginAfterZero() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        for (int i = 0; i < 5; i++) {
            tape.append(Samples.post(room.id(), kim.id(), "gone"));
        }
        tape.append(Samples.post(room.id(), kim.id(), "kept"));
        // Whoever asked for offset 0 was given 5 and later: the records before it were deleted for their age.
        CommandBatch batch =
                new CommandBatch(tape.partition(), 0, tape.play(5, 6).entries(), 6);

        assertThat(messages(scene.store(batch))).extracting(Message::content).containsExactly("kept");
    }

    @Test
    default void workersOfSeveralPartitionsShareRoomsWithoutHarm() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        List<Room> rooms = List.of(scene.room(kim), scene.room(kim), scene.room(kim));

        AtOnce.call(4, worker -> {
            CommandTape tape = new CommandTape();
            for (int batch = 0; batch < 10; batch++) {
                List<Command> commands = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    // Each worker meets the rooms in another order.
                    Room room = rooms.get(Math.floorMod(worker % 2 == 0 ? i + worker : worker - i, 3));
                    commands.add(Samples.post(room.id(), kim.id(), worker + "." + batch + "." + i));
                }
                scene.store(tape.append(commands));
            }
            return worker;
        });

        for (Room room : rooms) {
            List<Message> history = scene.history(room);
            assertThat(history).hasSize(80);
            assertGapless(history);
            for (int worker = 0; worker < 4; worker++) {
                String prefix = worker + ".";
                assertThat(history.stream()
                                .map(Message::content)
                                .filter(content -> content != null && content.startsWith(prefix)))
                        .isSorted();
            }
        }
    }
}
