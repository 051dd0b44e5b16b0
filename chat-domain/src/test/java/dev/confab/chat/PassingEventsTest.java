package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.chat.port.in.PostMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told without being part of any timeline: who comes and goes, and how far people have read. */
class PassingEventsTest {

    private final Township town = new Township();

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    @Test
    void ofManyMarksInAShortTimeTheFirstAndTheLastAreTold() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        List<MessageId> said = IntStream.range(0, 40)
                .mapToObj(i -> say(chat, kim, room.id()).id())
                .toList();
        Recorder watcher = town.connect(chat, kim);
        watcher.enter(room.id());

        said.forEach(id -> chat.markRead().markRead(lee.id(), room.id(), id));

        List<MessageId> receipts = new ArrayList<>();
        while (!receipts.contains(said.getLast())) {
            receipts.add(watcher.next(ChatEvent.ReadMarked.class).lastReadMessageId());
        }
        assertThat(receipts.getFirst()).isEqualTo(said.getFirst());
        assertThat(receipts).isSorted().doesNotHaveDuplicates().hasSizeLessThan(said.size() / 2);
    }

    @Test
    void receiptsOfDifferentReadersDoNotWaitForEachOther() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        List<User> readers = IntStream.range(0, 50)
                .mapToObj(i -> Township.register(chat, "reader" + i))
                .toList();
        Room room = Township.room(chat, kim, readers.toArray(User[]::new));
        MessageId said = say(chat, kim, room.id()).id();
        Recorder watcher = town.connect(chat, kim);
        watcher.enter(room.id());

        readers.parallelStream().forEach(reader -> chat.markRead().markRead(reader.id(), room.id(), said));

        assertThat(IntStream.range(0, 50)
                        .mapToObj(i -> watcher.next(ChatEvent.ReadMarked.class).userId())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(
                        readers.stream().map(User::id).toList());
    }

    @Test
    void aRoomOfAHundredIsToldWhoComes() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = crowd(chat, kim, lee, 100);
        Recorder watcher = town.connect(chat, kim);
        watcher.enter(room.id());

        town.connect(chat, lee).enter(room.id());

        assertThat(watcher.next(ChatEvent.UserJoined.class).userId()).isEqualTo(lee.id());
        assertThat(watcher.next(ChatEvent.PresenceChanged.class).userId()).isEqualTo(lee.id());
    }

    @Test
    void aLargerRoomHasToAsk() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = crowd(chat, kim, lee, 101);
        Recorder watcher = town.connect(chat, kim);
        watcher.enter(room.id());
        Recorder guest = town.connect(chat, lee);
        guest.enter(room.id());
        guest.leave(room.id());
        guest.enter(room.id());

        while (!Township.value(chat.listOnline().online(kim.id(), room.id())).containsKey(lee.id())) {
            Thread.onSpinWait();
        }
        guest.typing(room.id(), true);

        assertThat(watcher.next(ChatEvent.Ephemeral.class)).isInstanceOf(ChatEvent.Typing.class);
    }

    @Test
    void theOldestSessionEndsOnWhicheverServerItIs() {
        Chat here = town.gateway();
        Chat there = town.gateway();
        User kim = Township.register(here, "kim");
        Room room = Township.room(here, kim);
        Recorder oldest = town.connect(here, kim);
        oldest.enter(room.id());
        awaitOnline(there, kim, room);
        Recorder second = town.connect(there, kim);
        second.enter(room.id());
        town.connect(there, kim);
        town.connect(there, kim);

        assertThat(oldest.next(LiveChat.End.class)).isEqualTo(LiveChat.End.TOO_MANY_SESSIONS);
        PostMessage.Persistence unused = Township.post(here, Township.send(kim.id(), room.id(), "still here"));
        assertThat(second.next(ChatEvent.MessagePosted.class).message().content())
                .isEqualTo("still here");
    }

    private static void awaitOnline(Chat chat, User user, Room room) {
        while (!Township.value(chat.listOnline().online(user.id(), room.id())).containsKey(user.id())) {
            Thread.onSpinWait();
        }
    }

    private static Room crowd(Chat chat, User owner, User member, int members) {
        List<User> all = new ArrayList<>(List.of(member));
        IntStream.range(2, members).forEach(i -> all.add(Township.register(chat, "extra" + i)));
        return Township.room(chat, owner, all.toArray(User[]::new));
    }

    private static Message say(Chat chat, User sender, RoomId room) {
        return ((PostMessage.Persistence.Stored) Township.post(chat, Township.send(sender.id(), room, "hello")))
                .message();
    }
}
