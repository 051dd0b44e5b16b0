package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What moderation does to those who are live in the room (G14). */
class ModeratedRoomTest {

    private static final List<Function<UserId, RoomAct.Moderation>> WAYS_OUT =
            List.of(RoomAct.Remove::new, user -> new RoomAct.Ban(user, null, null));

    private final Township town = new Township();

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    @Test
    void whoWasRemovedOrBannedHearsNothingMoreOnAnyGatewayEvenWhenNoSignalArrives() {
        Chat chat = town.gateway();
        Chat deaf = town.deafGateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        User pat = Township.register(chat, "pat");
        for (Function<UserId, RoomAct.Moderation> wayOut : WAYS_OUT) {
            Room room = Township.room(chat, kim, lee, pat);
            Recorder here = town.connect(chat, lee);
            Recorder there = town.connect(deaf, lee);
            List<Recorder> stayers = List.of(town.connect(chat, pat), town.connect(deaf, pat));
            for (Recorder recorder : List.of(here, there, stayers.getFirst(), stayers.getLast())) {
                recorder.enter(room.id());
            }
            Township.post(chat, Township.send(kim.id(), room.id(), "for all"));
            assertThat(here.nextSequences(1)).containsExactly(1L);
            assertThat(there.nextSequences(1)).containsExactly(1L);

            Township.value(chat.moderateRoom().moderate(kim.id(), room.id(), wayOut.apply(lee.id())));
            Township.post(chat, Township.send(kim.id(), room.id(), "not for Lee"));

            for (Recorder stayer : stayers) {
                assertThat(stayer.nextSequences(2)).containsExactly(1L, 2L);
            }
            assertThat(messages(here)).isEmpty();
            assertThat(messages(there)).isEmpty();
            assertThat(refusal(chat.postMessage()
                            .post(Township.send(lee.id(), room.id(), "hello?"))
                            .accepted()
                            .toCompletableFuture()
                            .join()))
                    .isEqualTo(Refusal.Code.NOT_A_MEMBER);
        }
    }

    @Test
    void aClosedRoomTakesNoMessagesFromThenOn() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        Room room = Township.room(chat, kim);
        Township.post(chat, Township.send(kim.id(), room.id(), "one"));

        Township.value(chat.moderateRoom().moderate(kim.id(), room.id(), new RoomAct.Close()));

        assertThat(refusal(chat.postMessage()
                        .post(Township.send(kim.id(), room.id(), "two"))
                        .accepted()
                        .toCompletableFuture()
                        .join()))
                .isEqualTo(Refusal.Code.ROOM_CLOSED);
    }

    private static List<Object> messages(Recorder recorder) {
        return recorder.drain().stream()
                .filter(thing -> thing instanceof ChatEvent.MessagePosted)
                .toList();
    }

    private static Refusal.Code refusal(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused<?>) result).refusal().code();
    }
}
