package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.chat.port.out.MessageRetention;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told in rooms whose past was deleted for good. */
class PurgedRoomTest {

    private final Township town = new Township();

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    private static void postMany(Chat chat, User sender, Room room, int count) {
        for (int i = 0; i < count; i++) {
            Township.post(chat, Township.send(sender.id(), room.id(), "Nr. " + i));
        }
    }

    @Test
    void whoComesBackFromBeforeWhatWasDeletedForGoodIsToldSo() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        postMany(chat, kim, room, 4);
        Instant past = Instant.now().plusSeconds(60);
        assertThat(town.stores
                        .retention()
                        .purge(
                                room.id(),
                                town.stores.retention().next(room.id(), past).orElseThrow()))
                .isTrue();
        postMany(chat, kim, room, 2);
        Recorder reader = town.connect(chat, lee);

        reader.ask(room.id(), new Sequence(3), null);

        LiveChat.Entry entry = Recorder.entry((Result<?>) reader.nextLasting());
        assertThat(entry.recovered()).isFalse();
        assertThat(entry.gap()).isEqualTo(new LiveChat.Gap(new Sequence(4), new Sequence(6), true));
        reader.ask(room.id(), new Sequence(4), null);
        assertThat(reader.nextSequences(2)).containsExactly(5L, 6L);
        assertThat(chat.fetchHistory()
                        .events(lee.id(), room.id(), new Sequence(4), 10)
                        .orThrow()
                        .items())
                .hasSize(2);
        assertThat(chat.fetchHistory().events(lee.id(), room.id(), new Sequence(3), 10))
                .isInstanceOfSatisfying(Result.Refused.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.GONE);
                    assertThat(refused.refusal().message()).contains("up to seq 4 ");
                });
        assertThat(chat.fetchHistory()
                        .history(lee.id(), room.id(), new HistoryQuery.Newest(), 10)
                        .orThrow()
                        .items())
                .hasSize(2);
    }

    /** A server that was cut off for longer than messages are kept. */
    @Test
    void theRoomGoesOnBehindWhatWasDeletedForGoodBeforeItWasHeardHere() {
        Chat cutOff = town.gateway(bus -> new SpoiltBus(
                bus,
                publications -> publications.stream()
                        .filter(publication -> publication.event() instanceof ChatEvent.Timeline event
                                && event.seq().value() > 3)
                        .toList()));
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        Recorder reader = town.connect(cutOff, lee);
        reader.enter(room.id());
        postMany(chat, kim, room, 3);
        Instant later = Instant.now().plusSeconds(1);
        MessageRetention retention = town.stores.retention();
        assertThat(retention.purge(room.id(), retention.next(room.id(), later).orElseThrow()))
                .isTrue();

        assertThat(town.stores.messageLog().events(room.id(), Sequence.NONE, 10).items())
                .isEmpty();

        postMany(chat, kim, room, 2);

        assertThat(reader.nextSequences(2)).containsExactly(4L, 5L);
        Recorder coming = town.connect(cutOff, lee);
        coming.ask(room.id(), new Sequence(3), null);
        assertThat(coming.nextSequences(2)).containsExactly(4L, 5L);
    }
}
