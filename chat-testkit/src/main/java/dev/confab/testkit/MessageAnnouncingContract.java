package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server says in rooms. Part of {@link MessageLogContract}. */
interface MessageAnnouncingContract {

    StoreFixture stores();

    private static Command.Announce announce(RoomId room, ClientMessageId id, String text) {
        return new Command.Announce(room, id, text, MutableClock.START, Samples.trace());
    }

    private static Command.Announce announce(Room room, String text) {
        return announce(room.id(), ClientMessageId.random(), text);
    }

    private RoomSummary summary(User user, Room room) {
        return stores().rooms().roomsOf(user.id(), null, 50).items().stream()
                .filter(summary -> summary.room().id().equals(room.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    default void anAnnouncementTakesAPlaceInTheOrderAndHasNoSender() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        scene.say(room, kim, "before");
        Command.Announce command = announce(room, "@Kim joined 👋");

        Message announced =
                message(scene.store(new CommandTape().append(command)).getFirst());
        scene.say(room, kim, "after");

        assertThat(announced.seq()).isEqualTo(new Sequence(2));
        assertThat(announced.type()).isEqualTo(MessageType.SYSTEM);
        assertThat(announced.senderId()).isNull();
        assertThat(announced.senderName()).isNull();
        assertThat(announced.mentions()).isEmpty();
        assertThat(announced.clientMessageId()).isEqualTo(command.commandId());
        assertThat(scene.history(room))
                .extracting(Message::content)
                .containsExactly("before", "@Kim joined 👋", "after");
        assertThat(scene.history(room)).contains(announced);
        assertThat(stores().messageLog().find(room.id(), announced.id())).contains(announced);
    }

    @Test
    default void anAnnouncementIsNotCountedAsUnread() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        scene.say(room, kim, "one");
        scene.store(new CommandTape().append(announce(room, "1"), announce(room, "2")));
        scene.say(room, kim, "two");
        scene.store(new CommandTape().append(announce(room, "3")));

        assertThat(summary(lee, room).unreadCount()).isEqualTo(2);
        assertThat(summary(kim, room).unreadCount()).isZero();
        assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(5));
    }

    @Test
    default void thatARoomWasClosedIsAnnouncedInIt() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        scene.act(room, kim, new RoomAct.Close());

        scene.store(new CommandTape().append(announce(room, "Kim closed the room")));

        assertThat(scene.history(room)).extracting(Message::content).containsExactly("Kim closed the room");
    }

    @Test
    default void anAnnouncementThatIsRepeatedIsStoredOnceWithItsFirstWords() {
        StoreScene scene = new StoreScene(stores());
        Room room = scene.room(scene.user("Kim"));
        Room other = scene.room(scene.user("Lee"));
        ClientMessageId id = ClientMessageId.random();
        CommandTape tape = new CommandTape();

        Message first = message(
                scene.store(tape.append(announce(room.id(), id, "Kim joined"))).getFirst());
        List<Message> again = StoreScene.messages(scene.store(tape.append(
                announce(room.id(), id, "Kimberly joined"),
                announce(room.id(), id, "K joined"),
                announce(other.id(), id, "elsewhere"))));

        assertThat(again.subList(0, 2)).containsExactly(first, first);
        assertThat(scene.history(room)).containsExactly(first);
        assertThat(scene.history(other)).hasSize(1);
    }

    @Test
    default void anAnnouncementForNoRoomIsRefused() {
        StoreScene scene = new StoreScene(stores());

        var refused =
                scene.store(new CommandTape().append(announce(RoomId.random(), ClientMessageId.random(), "to nobody")));

        assertThat(StoreScene.rejection(refused.getFirst()).reason()).isEqualTo(Rejection.ROOM_NOT_FOUND);
    }
}
