package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.DeleteMessage;
import dev.confab.chat.port.in.EditMessage;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.chat.port.in.PostMessage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Edits and deletions on their way to everybody's sessions. */
class LiveChangesTest {

    private final Township town = new Township();

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    private static Message post(Chat chat, User sender, Room room, String text) {
        return ((PostMessage.Persistence.Stored) Township.post(chat, Township.send(sender.id(), room.id(), text)))
                .message();
    }

    private static EditMessage.Edit edit(User editor, Message message, String content) {
        return new EditMessage.Edit(editor.id(), message.roomId(), message.id(), ClientMessageId.random(), content);
    }

    private static DeleteMessage.Deletion deletion(User deleter, Message message) {
        return new DeleteMessage.Deletion(deleter.id(), message.roomId(), message.id(), ClientMessageId.random());
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void whoIsInTheRoomAndAllSessionsOfWhoChangedItHearOfIt() {
        Chat here = town.gateway();
        Chat there = town.gateway();
        User kim = Township.register(here, "kim");
        User lee = Township.register(here, "lee");
        Room room = Township.room(here, kim, lee);
        Recorder reader = town.connect(there, lee);
        Recorder outside = town.connect(there, kim);
        reader.enter(room.id());
        Message message = post(here, lee, room, "1");

        Township.value(done(here.editMessage().edit(edit(lee, message, "2"))));
        Township.value(done(here.deleteMessage().delete(deletion(kim, message))));

        assertThat(reader.next(ChatEvent.MessageEdited.class).seq()).isEqualTo(new Sequence(2));
        ChatEvent.MessageDeleted deleted = reader.next(ChatEvent.MessageDeleted.class);
        assertThat(deleted.seq()).isEqualTo(new Sequence(3));
        assertThat(deleted.message().content()).isNull();
        assertThat(outside.next(ChatEvent.MessageDeleted.class)).isEqualTo(deleted);
    }

    @Test
    void aLostChangeIsReadFromTheStoreInItsPlace() {
        Chat spoilt = town.gateway(bus -> new SpoiltBus(
                bus,
                publications -> publications.stream()
                        .filter(publication -> !(publication.event() instanceof ChatEvent.MessageEdited))
                        .toList()));
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        Recorder reader = town.connect(spoilt, lee);
        reader.enter(room.id());
        Message message = post(chat, kim, room, "1");

        Township.value(done(chat.editMessage().edit(edit(kim, message, "2"))));
        post(chat, kim, room, "after");

        assertThat(((ChatEvent.Timeline) reader.nextLasting()).seq()).isEqualTo(new Sequence(1));
        assertThat(reader.nextLasting())
                .isInstanceOfSatisfying(
                        ChatEvent.MessageEdited.class,
                        edited -> assertThat(edited.message().content()).isEqualTo("2"));
        assertThat(((ChatEvent.Timeline) reader.nextLasting()).seq()).isEqualTo(new Sequence(3));
    }

    @Test
    void whoComesBackIsToldOfChangesAndTheirMessagesAsTheyNowAre() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        Message message = post(chat, kim, room, "1");
        Township.value(done(chat.editMessage().edit(edit(kim, message, "2"))));
        post(chat, kim, room, "after");

        Recorder reader = town.connect(chat, lee);
        reader.ask(room.id(), Sequence.NONE, null);

        assertThat(reader.nextLasting())
                .isInstanceOfSatisfying(
                        ChatEvent.MessagePosted.class,
                        posted -> assertThat(posted.message().content()).isEqualTo("2"));
        assertThat(reader.nextLasting()).isInstanceOf(ChatEvent.MessageEdited.class);
        assertThat(reader.nextLasting()).isInstanceOf(ChatEvent.MessagePosted.class);
        LiveChat.Entry entry = Recorder.entry((Result<?>) reader.nextLasting());
        assertThat(entry.recovered()).isTrue();
        assertThat(entry.seq()).isEqualTo(new Sequence(3));
    }

    @Test
    void aChangeThatTheWorkerRefusesIsToldToWhoWantedIt() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        Room room = Township.room(chat, kim);
        Recorder session = town.connect(chat, kim);
        Message message = post(chat, kim, room, "1");
        town.stopWorker();
        Township.value(done(chat.deleteMessage().delete(deletion(kim, message))));
        EditMessage.Edit late = edit(kim, message, "2");
        Township.value(done(chat.editMessage().edit(late)));
        town.restartWorker();

        assertThat(session.next(ChatEvent.CommandRejected.class))
                .isEqualTo(new ChatEvent.CommandRejected(
                        room.id(), kim.id(), late.commandId(), message.id(), Rejection.MESSAGE_NOT_FOUND));
    }

    @Test
    void aRepeatIsAcceptedThoughItCouldNotBeDoneNow() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        Recorder session = town.connect(chat, lee);
        Message message = post(chat, lee, room, "1");
        DeleteMessage.Deletion deletion = deletion(lee, message);
        Township.value(done(chat.deleteMessage().delete(deletion)));
        session.next(ChatEvent.MessageDeleted.class);
        Township.value(chat.leaveRoom().leave(lee.id(), room.id()));

        assertThat(done(chat.deleteMessage().delete(deletion))).isEqualTo(Result.ok(deletion.commandId()));
        assertThat(done(chat.deleteMessage().delete(deletion(lee, message))))
                .isEqualTo(Result.refused(Refusal.Code.NOT_A_MEMBER));
    }

    @Test
    void repeatedPublicationsOfAChangeAreLeftOut() {
        Chat spoilt = town.gateway(bus -> new SpoiltBus(
                bus,
                publications -> publications.stream()
                        .flatMap(publication -> List.<Publication>of(publication, publication).stream())
                        .toList()));
        User kim = Township.register(spoilt, "kim");
        Room room = Township.room(spoilt, kim);
        Recorder reader = town.connect(spoilt, kim);
        reader.enter(room.id());
        Message message = post(spoilt, kim, room, "1");
        Township.value(done(spoilt.editMessage().edit(edit(kim, message, "2"))));
        post(spoilt, kim, room, "after");

        for (long seq = 1; seq <= 3; seq++) {
            assertThat(((ChatEvent.Timeline) reader.nextLasting()).seq()).isEqualTo(new Sequence(seq));
        }
    }
}
