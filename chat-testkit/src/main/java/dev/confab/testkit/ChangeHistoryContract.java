package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.message;
import static dev.confab.testkit.StoreScene.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageChange;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.Unread;
import dev.confab.chat.model.User;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Edits and deletions among other commands, delivered again, and in what is read. Part of {@link MessageLogContract}. */
interface ChangeHistoryContract {

    StoreFixture stores();

    private Message now(Message message) {
        return stores().messageLog().find(message.roomId(), message.id()).orElseThrow();
    }

    @Test
    default void aReplayedEditDoesNotComeBackAfterALaterOne() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message message = scene.say(room, kim, "1");
        CommandTape tape = new CommandTape();
        ClientMessageId name = ClientMessageId.random();
        scene.store(tape.append(Samples.edit(message, kim.id(), name, "2")));
        scene.store(tape.append(Samples.edit(message, kim.id(), "3")));

        List<Publication> again = scene.store(tape.play(0, 1));
        List<Publication> repeat = scene.store(tape.append(Samples.edit(message, kim.id(), name, "4")));

        assertThat(now(message).content()).isEqualTo("3");
        ChatEvent first = new ChatEvent.MessageEdited(now(message), new Sequence(2), kim.id());
        assertThat(again).extracting(Publication::event).containsExactly(first);
        assertThat(repeat).extracting(Publication::event).containsExactly(first);
        assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(3));
        assertThat(stores().messageLog().outcome(room.id(), kim.id(), name))
                .contains(new Outcome.Changed(now(message), MessageChange.EDIT, new Sequence(2)));
    }

    @Test
    default void changesOfOneBatchAreDoneInTheirOrder() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message message = scene.say(room, kim, "1");
        Command.Edit once = Samples.edit(message, kim.id(), "2");
        Command.Delete delete = Samples.delete(message, kim.id());

        List<Publication> told = scene.store(new CommandTape()
                .append(
                        once,
                        Samples.post(room.id(), kim.id(), "between"),
                        Samples.edit(message, kim.id(), "3"),
                        once,
                        delete,
                        Samples.edit(message, kim.id(), "4"),
                        delete));

        assertThat(told.stream()
                        .map(Publication::event)
                        .filter(event -> event instanceof ChatEvent.Timeline)
                        .map(event -> ((ChatEvent.Timeline) event).seq().value()))
                .containsExactly(2L, 3L, 4L, 2L, 5L, 5L);
        assertThat(rejection(told.get(5)).reason()).isEqualTo(Rejection.MESSAGE_NOT_FOUND);
        assertThat(message(told.get(1)).seq()).isEqualTo(new Sequence(3));
        assertThat(now(message).content()).isNull();
        assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(5));
    }

    @Test
    default void aRepeatedSendTellsOfTheMessageAsItNowIs() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Message message = message(
                scene.store(tape.append(Samples.post(room.id(), kim.id(), "1"))).getFirst());
        scene.store(tape.append(Samples.edit(message, kim.id(), "2")));

        List<Publication> again = scene.store(tape.playFrom(0));

        assertThat(again)
                .extracting(Publication::event)
                .containsExactly(
                        new ChatEvent.MessagePosted(now(message)),
                        new ChatEvent.MessageEdited(now(message), new Sequence(2), kim.id()));
    }

    @Test
    default void theTimelineIsPagedWithItsChangesAndSkipsNothing() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        for (int i = 0; i < 7; i++) {
            Message message = scene.say(room, kim, "text " + i);
            scene.store(new CommandTape().append(Samples.edit(message, kim.id(), "edited " + i)));
            scene.store(new CommandTape().append(Samples.delete(message, kim.id())));
        }

        Sequence after = Sequence.NONE;
        long expected = 1;
        Page<ChatEvent.Timeline, Sequence> page;
        do {
            page = stores().messageLog().events(room.id(), after, 4);
            for (ChatEvent.Timeline event : page.items()) {
                assertThat(event.seq().value()).isEqualTo(expected);
                assertThat(event)
                        .isInstanceOf(
                                expected % 3 == 1
                                        ? ChatEvent.MessagePosted.class
                                        : expected % 3 == 2
                                                ? ChatEvent.MessageEdited.class
                                                : ChatEvent.MessageDeleted.class);
                expected++;
            }
            after = page.items().getLast().seq();
        } while (page.hasMore());
        assertThat(expected).isEqualTo(22);
    }

    @Test
    default void deletedMessagesAreNotUnread() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        List<Message> messages = scene.sayMany(room, kim, 5);
        stores().readMarkers()
                .mark(
                        room.id(),
                        lee.id(),
                        messages.get(1).id(),
                        stores().clock().instant());

        scene.store(new CommandTape()
                .append(Samples.delete(messages.get(0), kim.id()), Samples.delete(messages.get(3), kim.id())));
        scene.store(new CommandTape().append(Samples.edit(messages.get(4), kim.id(), "edited")));

        assertThat(stores().readMarkers().unread(lee.id())).containsExactly(new Unread(room.id(), 2));
        assertThat(stores().readMarkers().unread(kim.id())).containsExactly(new Unread(room.id(), 0));
        assertThat(stores().rooms().roomsOf(lee.id(), null, 10).items())
                .extracting(RoomSummary::unreadCount)
                .containsExactly(2L);
    }

    @Test
    default void aDeletedMessageMayBeAnswered() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message question = scene.say(room, kim, "?");
        scene.store(new CommandTape().append(Samples.delete(question, kim.id())));

        Publication answer = scene.store(
                        new CommandTape().append(Samples.reply(room.id(), kim.id(), question.id(), "!")))
                .getFirst();

        assertThat(message(answer).replyTo()).isEqualTo(question.id());
    }
}
