package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.chat.port.in.PostMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveRoomTest {

    private final Township town = new Township();

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    @Test
    void whoIsInTheRoomHearsEveryMessageInOrder() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        Recorder reader = town.connect(chat, lee);
        assertThat(reader.enter(room.id()).seq()).isEqualTo(Sequence.NONE);

        for (int i = 0; i < 50; i++) {
            chat.postMessage().post(Township.send(kim.id(), room.id(), "Nr. " + i));
        }

        assertThat(reader.nextSequences(50)).isEqualTo(upTo(50));
    }

    @Test
    void allSessionsOfTheSenderHearTheMessageOnceWhetherTheyEnteredOrNot() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        Room room = Township.room(chat, kim);
        Recorder inside = town.connect(chat, kim);
        Recorder outside = town.connect(chat, kim);
        inside.enter(room.id());

        Township.post(chat, Township.send(kim.id(), room.id(), "one"));
        Township.post(chat, Township.send(kim.id(), room.id(), "two"));

        assertThat(inside.nextSequences(2)).containsExactly(1L, 2L);
        assertThat(outside.nextSequences(2)).containsExactly(1L, 2L);
        assertThat(messages(inside.drain())).isEmpty();
        assertThat(messages(outside.drain())).isEmpty();
    }

    @Test
    void twentyRepeatsAtOnceMakeOneMessage() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        Room room = Township.room(chat, kim);
        Recorder reader = town.connect(chat, kim);
        reader.enter(room.id());
        PostMessage.Send send = Township.send(kim.id(), room.id(), ClientMessageId.random(), "once");

        List<PostMessage.Persistence> answers = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> Township.post(chat, send))
                .toList();

        assertThat(answers).containsOnly(answers.getFirst());
        assertThat(reader.nextSequences(1)).containsExactly(1L);
        Township.post(chat, Township.send(kim.id(), room.id(), "after"));
        assertThat(reader.nextSequences(1)).containsExactly(2L);
    }

    @Test
    void whoComesBackIsToldWhatWasMissedThenTheAnswerThenWhatHappens() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        postMany(chat, kim, room, 300);
        // Not as the sender, whom the last of these may still reach.
        Recorder reader = town.connect(chat, lee);

        reader.ask(room.id(), new Sequence(10), chat.liveChat().epoch());
        for (long seq = 11; seq <= 300; seq++) {
            assertThat(((ChatEvent.MessagePosted) reader.nextLasting()).seq().value())
                    .isEqualTo(seq);
        }
        LiveChat.Entry entry = Recorder.entry((Result<?>) reader.nextLasting());
        assertThat(entry.recovered()).isTrue();
        assertThat(entry.gap()).isNull();
        assertThat(entry.seq().value()).isEqualTo(300);

        Township.post(chat, Township.send(kim.id(), room.id(), "live"));
        assertThat(reader.nextSequences(1)).containsExactly(301L);
    }

    @Test
    void moreThanFiveHundredMissedEventsAreToldAsAGap() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        postMany(chat, kim, room, 502);
        // Not as the sender, whom the last of these may still reach.
        Recorder reader = town.connect(chat, lee);

        reader.ask(room.id(), new Sequence(1), null);

        LiveChat.Entry entry = Recorder.entry((Result<?>) reader.nextLasting());
        assertThat(entry.recovered()).isFalse();
        assertThat(entry.gap()).isEqualTo(new LiveChat.Gap(new Sequence(2), new Sequence(502), false));
        reader.ask(room.id(), new Sequence(2), null);
        assertThat(reader.nextSequences(500))
                .isEqualTo(LongStream.rangeClosed(3, 502).boxed().toList());
    }

    @Test
    void anotherEpochOrAPlaceBeyondTheHeadMeansStartOver() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        postMany(chat, kim, room, 3);
        // Not as the sender, whom the last of these may still reach.
        Recorder reader = town.connect(chat, lee);

        reader.ask(room.id(), new Sequence(1), new Epoch("another life"));
        assertThat(Recorder.entry((Result<?>) reader.nextLasting()).reset()).isTrue();
        reader.ask(room.id(), new Sequence(4), null);
        LiveChat.Entry entry = Recorder.entry((Result<?>) reader.nextLasting());
        assertThat(entry.reset()).isTrue();
        assertThat(entry.recovered()).isFalse();
        assertThat(entry.seq().value()).isEqualTo(3);
    }

    @Test
    void comingBackInTheMiddleOfAStreamNeitherSkipsNorRepeats() throws Exception {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        Room room = Township.room(chat, kim);
        int count = 1_500;
        try (ExecutorService sender = Executors.newSingleThreadExecutor()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < count; i++) {
                            chat.postMessage().post(Township.send(kim.id(), room.id(), "Nr. " + i));
                        }
                    },
                    sender);
            User lee = Township.register(chat, "lee");
            Township.value(chat.joinRoom().join(lee.id(), room.id()));
            Recorder reader = town.connect(chat, lee);
            long seen = reader.enter(room.id()).seq().value();
            for (int turn = 0; turn < 20; turn++) {
                long last = seen;
                for (Object thing : reader.drain()) {
                    if (thing instanceof ChatEvent.MessagePosted posted) {
                        assertThat(posted.seq().value()).isEqualTo(last + 1);
                        last = posted.seq().value();
                    }
                }
                reader.leave(room.id());
                for (Object thing : messages(reader.drain())) {
                    assertThat(((ChatEvent.MessagePosted) thing).seq().value()).isEqualTo(++last);
                }
                reader.ask(room.id(), new Sequence(last), null);
                Object thing = reader.nextLasting();
                while (thing instanceof ChatEvent.MessagePosted posted) {
                    assertThat(posted.seq().value()).isEqualTo(++last);
                    thing = reader.nextLasting();
                }
                LiveChat.Entry entry = Recorder.entry((Result<?>) thing);
                if (entry.recovered()) {
                    assertThat(entry.seq().value()).isEqualTo(last);
                } else {
                    assertThat(entry.gap()).isEqualTo(new LiveChat.Gap(new Sequence(last + 1), entry.seq(), false));
                    last = entry.seq().value();
                }
                seen = last;
            }
            sent.get(20, TimeUnit.SECONDS);
            while (seen < count) {
                assertThat(reader.next(ChatEvent.MessagePosted.class).seq().value())
                        .isEqualTo(++seen);
            }
        }
    }

    @Test
    void aHoleInWhatIsPublishedIsFilledFromTheStoreAndRepeatsAreLeftOut() {
        // Every third publication is lost, the others come twice, and each batch backwards.
        Chat spoilt = town.gateway(bus -> new SpoiltBus(bus, publications -> {
            List<Publication> changed = new ArrayList<>();
            for (Publication publication : publications) {
                if (((ChatEvent.Timeline) publication.event()).seq().value() % 3 != 0) {
                    changed.add(publication);
                    changed.add(publication);
                }
            }
            Collections.reverse(changed);
            return changed;
        }));
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        Recorder reader = town.connect(spoilt, lee);
        reader.enter(room.id());

        postMany(chat, kim, room, 100);

        assertThat(reader.nextSequences(100)).isEqualTo(upTo(100));
        assertThat(messages(reader.drain())).isEmpty();
    }

    @Test
    void whoWasRemovedHearsNothingMoreEvenWhenNoSignalArrives() {
        Chat deaf = town.deafGateway();
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        User pat = Township.register(chat, "pat");
        Room room = Township.room(chat, kim, lee, pat);
        Recorder leaver = town.connect(deaf, lee);
        Recorder stayer = town.connect(deaf, pat);
        leaver.enter(room.id());
        stayer.enter(room.id());
        Township.post(chat, Township.send(kim.id(), room.id(), "for all"));
        assertThat(leaver.nextSequences(1)).containsExactly(1L);

        Township.value(chat.leaveRoom().leave(lee.id(), room.id()));
        Township.post(chat, Township.send(kim.id(), room.id(), "not for Lee"));

        assertThat(stayer.nextSequences(2)).containsExactly(1L, 2L);
        assertThat(messages(leaver.drain())).isEmpty();
    }

    @Test
    void strangersDoNotGetIn() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User mallory = Township.register(chat, "mallory");
        Room room = Township.room(chat, kim);
        Recorder stranger = town.connect(chat, mallory);

        stranger.ask(room.id(), null, null);
        assertThat(refusal(stranger.nextLasting())).isEqualTo(Refusal.Code.NOT_A_MEMBER);
        stranger.ask(RoomId.random(), null, null);
        assertThat(refusal(stranger.nextLasting())).isEqualTo(Refusal.Code.ROOM_NOT_FOUND);
    }

    @Test
    void aSendThatTheWorkerRefusesIsToldToAllSessionsOfItsSender() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        Recorder first = town.connect(chat, lee);
        Recorder second = town.connect(chat, lee);
        Township.post(chat, Township.send(lee.id(), room.id(), "may"));
        town.stopWorker();
        PostMessage.Send late = Township.send(lee.id(), room.id(), "may no longer");
        Township.value(
                chat.postMessage().post(late).accepted().toCompletableFuture().join());
        Township.value(chat.leaveRoom().leave(lee.id(), room.id()));
        town.restartWorker();

        ChatEvent.CommandRejected expected =
                new ChatEvent.CommandRejected(room.id(), lee.id(), late.clientMessageId(), Rejection.NOT_A_MEMBER);
        assertThat(first.next(ChatEvent.CommandRejected.class)).isEqualTo(expected);
        assertThat(second.next(ChatEvent.CommandRejected.class)).isEqualTo(expected);
    }

    @Test
    void aRepeatIsAcceptedAlthoughItsSenderHasLeft() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        PostMessage.Send send = Township.send(lee.id(), room.id(), "kept");
        PostMessage.Persistence first = Township.post(chat, send);
        Township.value(chat.leaveRoom().leave(lee.id(), room.id()));

        assertThat(Township.post(chat, send)).isEqualTo(first);
        assertThat(chat.postMessage()
                        .post(Township.send(lee.id(), room.id(), "new"))
                        .accepted()
                        .toCompletableFuture()
                        .join())
                .isEqualTo(Result.refused(Refusal.Code.NOT_A_MEMBER));
    }

    @Test
    void theOldestSessionEndsWhenAUserOpensTooMany() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        Recorder oldest = town.connect(chat, kim);
        for (int i = 0; i < 3; i++) {
            town.connect(chat, kim);
        }
        assertThat(oldest.next(LiveChat.End.class)).isEqualTo(LiveChat.End.TOO_MANY_SESSIONS);
    }

    @Test
    void othersSeeWhoComesTypesAndGoes() {
        Chat here = town.gateway();
        Chat there = town.gateway();
        User kim = Township.register(here, "kim");
        User lee = Township.register(here, "lee");
        Room room = Township.room(here, kim, lee);
        Recorder watcher = town.connect(here, kim);
        watcher.enter(room.id());
        Recorder guest = town.connect(there, lee);
        guest.enter(room.id());

        assertThat(watcher.next(ChatEvent.UserJoined.class).userId()).isEqualTo(lee.id());
        guest.typing(room.id(), true);
        assertThat(watcher.next(ChatEvent.Typing.class).isTyping()).isTrue();
        guest.close();
        assertThat(watcher.next(ChatEvent.Typing.class).isTyping()).isFalse();
        assertThat(watcher.next(ChatEvent.UserLeft.class).userId()).isEqualTo(lee.id());
        assertThat(watcher.next(ChatEvent.PresenceChanged.class).userId()).isEqualTo(lee.id());
    }

    private static Refusal.Code refusal(Object answer) {
        return ((Result.Refused<?>) answer).refusal().code();
    }

    private static void postMany(Chat chat, User sender, Room room, int count) {
        for (int i = 1; i < count; i++) {
            // Each in its turn: while it is not known whether the sender may send, later ones could overtake.
            chat.postMessage()
                    .post(Township.send(sender.id(), room.id(), "Nr. " + i))
                    .submitted()
                    .toCompletableFuture()
                    .join();
        }
        Township.post(chat, Township.send(sender.id(), room.id(), "last"));
    }

    private static List<Long> upTo(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static List<Object> messages(List<Object> things) {
        return things.stream()
                .filter(thing -> thing instanceof ChatEvent.MessagePosted)
                .toList();
    }
}
