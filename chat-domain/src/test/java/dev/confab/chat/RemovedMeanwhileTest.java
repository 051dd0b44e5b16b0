package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.RoomStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody is removed, and the gateway that he or she talks to is told late (G14). */
class RemovedMeanwhileTest {

    private final Township town = new Township();
    /** What one gateway heard; another hears it when the test says so. */
    private final List<Publication> published = new CopyOnWriteArrayList<>();

    private final AtomicLong hears = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final Chat chat = town.gateway(bus -> new SpoiltBus(bus, publications -> {
        published.addAll(publications);
        return publications;
    }));
    /** No signal reaches it, and of publications only those up to a place. */
    private final Chat late = town.deafGateway(bus -> new SpoiltBus(
            bus, publications -> publications.stream().filter(this::isInTime).toList()));

    private final User kim = Township.register(chat, "kim");
    private final User lee = Township.register(chat, "lee");
    private final User pat = Township.register(chat, "pat");
    private final Room room = Township.room(chat, kim, lee, pat);

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    private boolean isInTime(Publication publication) {
        return !(publication.event() instanceof ChatEvent.Timeline event)
                || (event.seq().value() <= hears.get() && event.seq().value() != misses.get());
    }

    private void post(String text) {
        Township.post(chat, Township.send(kim.id(), room.id(), text));
    }

    private void leaves(User user) {
        Township.value(chat.leaveRoom().leave(user.id(), room.id()));
    }

    /** The late gateway hears of a place at last. */
    private void hear(long seq) {
        hears.set(seq);
        published.stream()
                .filter(publication -> publication.event() instanceof ChatEvent.Timeline event
                        && event.seq().value() == seq)
                .findFirst()
                .ifPresent(publication -> town.broker.connect().publish(List.of(publication)));
    }

    private static List<Long> places(List<Object> heard) {
        List<Long> places = new ArrayList<>();
        for (Object thing : heard) {
            if (thing instanceof ChatEvent.Timeline event) {
                places.add(event.seq().value());
            }
        }
        return places;
    }

    @Test
    void aHoleIsFilledWithNothingThatWasStoredAfterARemovalNobodyToldOf() {
        Recorder leaver = town.connect(late, lee);
        Recorder stayer = town.connect(late, pat);
        leaver.enter(room.id());
        stayer.enter(room.id());
        misses.set(1);
        post("missed");
        post("for all");
        leaves(lee);
        post("not for Lee");

        hear(2);
        assertThat(stayer.nextSequences(2)).containsExactly(1L, 2L);
        hear(3);
        assertThat(stayer.nextSequences(1)).containsExactly(3L);

        assertThat(places(leaver.drain())).containsExactly(1L, 2L);
    }

    @Test
    void aReplayEndsBeforeWhatWasStoredAfterARemovalNobodyToldOf() {
        for (int i = 0; i < 150; i++) {
            post("Nr. " + i);
        }
        Recorder leaver = town.connect(late, lee);
        leaver.stopTaking();
        leaver.ask(room.id(), Sequence.NONE, null);
        assertThat(leaver.nextSequences(100)).endsWith(100L);
        leaves(lee);
        post("not for Lee");

        leaver.takeAgain();

        assertThat(leaver.nextSequences(50)).endsWith(150L);
        assertThat(leaver.nextLasting()).isInstanceOf(Result.class);
    }

    @Test
    void whoIsRemovedWhileComingIntoAnEmptyRoomIsNotLetIn() {
        Queue<Runnable> meanwhile = new ConcurrentLinkedQueue<>();
        Chat deaf = town.deafGatewayReading(rooms -> behindStanding(rooms, meanwhile));
        // Not in the room, where nobody is; but it is told of what it sent, and so shows how far the room has come.
        Recorder sender = town.connect(deaf, kim);
        Recorder leaver = town.connect(deaf, lee);
        post("for all");
        assertThat(sender.nextSequences(1)).containsExactly(1L);
        meanwhile.add(() -> {
            leaves(lee);
            post("not for Lee");
            assertThat(sender.nextSequences(1)).containsExactly(2L);
        });

        leaver.ask(room.id(), Sequence.NONE, null);

        assertThat(leaver.nextLasting()).isEqualTo(Result.refused(Refusal.Code.NOT_A_MEMBER));
    }

    /** Something happens between a look at who is a member and what is done with the answer. */
    private static RoomStore behindStanding(RoomStore rooms, Queue<Runnable> meanwhile) {
        return (RoomStore) Proxy.newProxyInstance(
                RoomStore.class.getClassLoader(), new Class<?>[] {RoomStore.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(rooms, arguments);
                    Runnable next = method.getName().equals("standing") ? meanwhile.poll() : null;
                    if (next != null) {
                        next.run();
                    }
                    return answer;
                });
    }
}
