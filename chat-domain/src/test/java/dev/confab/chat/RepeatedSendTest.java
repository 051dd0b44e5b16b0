package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.PostMessage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who sends again, because nothing was heard, is told of the first outcome on the connection that asked (G2, G6). */
class RepeatedSendTest {

    private final Township town = new Township();

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    @Test
    void whoIsNotInTheRoomIsToldOfWhatOthersThereHaveSeen() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        Recorder reader = town.connect(chat, lee);
        reader.enter(room.id());
        PostMessage.Send send = Township.send(kim.id(), room.id(), ClientMessageId.random(), "kept");
        Township.post(chat, send);
        reader.nextSequences(1);

        Recorder back = town.connect(chat, kim);
        sendAgain(chat, send);

        assertThat(back.nextSequences(1)).containsExactly(1L);
        Township.post(chat, Township.send(lee.id(), room.id(), "after"));
        assertThat(reader.nextSequences(1)).containsExactly(2L);
    }

    @Test
    void whoHasLeftTheRoomIsTold() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        PostMessage.Send send = Township.send(lee.id(), room.id(), ClientMessageId.random(), "kept");
        Township.post(chat, send);
        Township.value(chat.leaveRoom().leave(lee.id(), room.id()));

        Recorder back = town.connect(chat, lee);
        sendAgain(chat, send);

        ChatEvent.MessagePosted told = back.next(ChatEvent.MessagePosted.class);
        assertThat(told.message().clientMessageId()).isEqualTo(send.clientMessageId());
        assertThat(told.message().content()).isEqualTo("kept");
    }

    @Test
    void whoIsPutOutWhileBeingToldOfWhatWasMissedIsToldOfAnOwnMessage() {
        town.startRelay();
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        for (int i = 0; i < 150; i++) {
            Township.post(chat, Township.send(kim.id(), room.id(), "Nr. " + i));
        }
        Recorder back = town.connect(chat, lee);
        back.stopTaking();
        back.ask(room.id(), Sequence.NONE, chat.liveChat().epoch());
        back.nextSequences(100);
        PostMessage.Send send = Township.send(lee.id(), room.id(), ClientMessageId.random(), "mine");
        Township.post(chat, send);
        Township.value(chat.moderateRoom().moderate(kim.id(), room.id(), new RoomAct.Remove(lee.id())));
        back.next(ChatEvent.RoomChanged.class, event -> event.change() instanceof RoomChange.MemberRemoved);

        back.takeAgain();

        ChatEvent.MessagePosted told = back.next(ChatEvent.MessagePosted.class);
        assertThat(told.message().clientMessageId()).isEqualTo(send.clientMessageId());
        assertThat(back.next(Result.class)).isEqualTo(Result.refused(Refusal.Code.NOT_A_MEMBER));
    }

    private static void sendAgain(Chat chat, PostMessage.Send send) {
        Township.value(chat.postMessage()
                .post(send)
                .accepted()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join());
    }
}
