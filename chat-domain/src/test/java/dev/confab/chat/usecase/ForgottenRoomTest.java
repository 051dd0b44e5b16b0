package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.inmemory.InMemorySignals;
import dev.confab.chat.model.AdmissionSettings;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.ServerId;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.User;
import dev.confab.chat.model.Visibility;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A room that is forgotten because nobody is in it, at the moment in which something of it is told. */
class ForgottenRoomTest {

    private static final int EVENTS = 50_000;

    private final UseCases chat = new UseCases();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Background background = new Background(Runnable::run, timer);
    private final LiveStores stores = new LiveStores(chat.stores.messageLog(), chat.stores.rooms());
    private final LiveSessions sessions = new LiveSessions(10);
    private final RecentMemory memory = new RecentMemory();
    private final DeliveryMemory deliveries = new DeliveryMemory(new ServerId("here"), chat.clock);
    private final LiveRooms rooms = new LiveRooms(
            roomId -> new RoomFeed(roomId, stores, background, sessions, deliveries, memory),
            memory,
            new InMemorySignals());
    private final LiveChatService live = new LiveChatService(
            stores,
            rooms,
            sessions,
            new LivePresence(chat.presence, chat.signals, chat.stores.users(), background, chat.clock, chat.settings),
            chat.revocations,
            new OutcomeWaiters(),
            new SendingRights(chat.stores.rooms(), background, chat.clock),
            background,
            deliveries,
            signal -> {},
            new Admission(background, AdmissionSettings.defaults()));

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void aSenderWhoDidNotEnterIsToldOfEachMessageWhileTheRoomIsForgottenAgainAndAgain() throws Exception {
        User kim = chat.user("Kim");
        Room room = chat.room(Visibility.PRIVATE, kim);
        Message first = chat.say(room, kim, "one");
        List<Long> told = new ArrayList<>();
        live.open(
                new Principal(kim.id(), SessionId.random(), chat.clock.instant().plus(Duration.ofHours(1))),
                "Kim",
                ConnectionId.random(),
                Runnable::run,
                event -> told.add(
                        ((ChatEvent.MessagePosted) event).message().seq().value()));
        Thread forgetting = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                rooms.clean();
            }
        });

        try {
            for (long seq = 1; seq <= EVENTS; seq++) {
                live.onPublications(List.of(new Publication(
                        live.epoch(), 1, TraceId.random(chat.random), new ChatEvent.MessagePosted(at(first, seq)))));
            }
        } finally {
            forgetting.interrupt();
            forgetting.join();
        }

        List<Long> all = LongStream.rangeClosed(1, EVENTS).boxed().toList();
        Set<Long> heard = Set.copyOf(told);
        assertThat(all.stream().filter(seq -> !heard.contains(seq)))
                .as("missed")
                .isEmpty();
        assertThat(told).as("in order, each once").isEqualTo(all);
    }

    private static Message at(Message message, long seq) {
        return new Message(
                message.id(),
                new Sequence(seq),
                message.roomId(),
                message.senderId(),
                message.senderName(),
                message.clientMessageId(),
                message.type(),
                message.content(),
                message.replyTo(),
                message.mentions(),
                message.createdAt(),
                message.editedAt(),
                message.deletedAt());
    }
}
