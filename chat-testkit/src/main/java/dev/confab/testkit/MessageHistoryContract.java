package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessagePage;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.MessageLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How timelines are read. Part of {@link MessageLogContract}. */
interface MessageHistoryContract {

    StoreFixture stores();

    private static void assertPage(
            MessagePage page, List<Message> items, @Nullable MessageId nextCursor, boolean hasMore) {
        assertThat(page).isEqualTo(new MessagePage(items, nextCursor, hasMore));
    }

    /** An id of no message, just before that of {@code message}. */
    private static MessageId justBefore(Message message) {
        MessageId id = message.id();
        return id.low() == 0 ? new MessageId(id.high() - 1, -1) : new MessageId(id.high(), id.low() - 1);
    }

    @Test
    default void aRoomWithoutMessagesHasEmptyPages() {
        StoreScene scene = new StoreScene(stores());
        Room room = scene.room(scene.user("Kim"));
        MessageId any = MessageId.after(null, MutableClock.START, Samples.RANDOM);
        for (RoomId id : List.of(room.id(), RoomId.random())) {
            for (HistoryQuery query : List.of(
                    new HistoryQuery.Newest(),
                    new HistoryQuery.Before(any),
                    new HistoryQuery.After(any),
                    new HistoryQuery.Around(any),
                    new HistoryQuery.AfterSeq(Sequence.NONE))) {
                assertPage(stores().messageLog().history(id, query, 50), List.of(), null, false);
            }
            assertThat(stores().messageLog().events(id, Sequence.NONE, 50)).isEqualTo(new Page<>(List.of(), null));
        }
    }

    @Test
    default void theNewestPageContinuesBackwards() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> all = scene.sayMany(room, kim, 10);

        MessagePage page = log.history(room.id(), new HistoryQuery.Newest(), 3);

        assertPage(page, all.subList(7, 10), all.get(7).id(), true);
        assertPage(log.history(room.id(), new HistoryQuery.Newest(), 10), all, null, false);
        assertPage(log.history(room.id(), new HistoryQuery.Newest(), 100), all, null, false);
    }

    @Test
    default void historyIsReadBackwardsPageByPage() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> all = scene.sayMany(room, kim, 10);
        List<Message> read = new ArrayList<>();
        MessagePage page = stores().messageLog().history(room.id(), new HistoryQuery.Newest(), 3);
        read.addAll(page.items());
        while (page.nextCursor() != null) {
            page = stores().messageLog().history(room.id(), new HistoryQuery.Before(page.nextCursor()), 3);
            read.addAll(0, page.items());
        }

        assertThat(read).isEqualTo(all);
        assertThat(page.items()).hasSize(1);
        assertThat(page.hasMore()).isFalse();
    }

    @Test
    default void historyIsReadForwardsPageByPage() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> all = scene.sayMany(room, kim, 10);
        List<Message> read = new ArrayList<>();
        MessagePage page = stores().messageLog().history(room.id(), new HistoryQuery.AfterSeq(Sequence.NONE), 4);
        read.addAll(page.items());
        while (page.nextCursor() != null) {
            page = stores().messageLog().history(room.id(), new HistoryQuery.After(page.nextCursor()), 4);
            read.addAll(page.items());
        }

        assertThat(read).isEqualTo(all);
        assertThat(page.items()).hasSize(2);
        assertThat(page.hasMore()).isFalse();
    }

    @Test
    default void beforeAndAfterLeaveOutTheirOwnMessage() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> all = scene.sayMany(room, kim, 10);
        MessageId fifth = all.get(4).id();

        assertPage(
                log.history(room.id(), new HistoryQuery.Before(fifth), 2),
                all.subList(2, 4),
                all.get(2).id(),
                true);
        assertPage(log.history(room.id(), new HistoryQuery.Before(fifth), 4), all.subList(0, 4), null, false);
        assertPage(
                log.history(room.id(), new HistoryQuery.After(fifth), 2),
                all.subList(5, 7),
                all.get(6).id(),
                true);
        assertPage(log.history(room.id(), new HistoryQuery.After(fifth), 5), all.subList(5, 10), null, false);
        assertPage(log.history(room.id(), new HistoryQuery.Before(all.getFirst().id()), 5), List.of(), null, false);
        assertPage(log.history(room.id(), new HistoryQuery.After(all.getLast().id()), 5), List.of(), null, false);
    }

    @Test
    default void aCursorOfNoMessageIsCompared() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(scene.say(room, kim, "text " + i));
            scene.tick();
        }
        MessageId beforeThird = justBefore(all.get(2));

        assertPage(log.history(room.id(), new HistoryQuery.Before(beforeThird), 9), all.subList(0, 2), null, false);
        assertPage(log.history(room.id(), new HistoryQuery.After(beforeThird), 9), all.subList(2, 6), null, false);
        assertPage(log.history(room.id(), new HistoryQuery.Around(beforeThird), 2), all.subList(1, 3), null, true);
        assertPage(log.history(room.id(), new HistoryQuery.After(new MessageId(0, 0)), 9), all, null, false);
        // The greatest id has its topmost bit set: ids are compared without sign.
        assertPage(log.history(room.id(), new HistoryQuery.Before(new MessageId(-1, -1)), 9), all, null, false);
        assertPage(log.history(room.id(), new HistoryQuery.After(new MessageId(-1, -1)), 9), List.of(), null, false);
        assertPage(log.history(room.id(), new HistoryQuery.Before(new MessageId(0, 0)), 9), List.of(), null, false);
    }

    @Test
    default void aroundShowsBothSides() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> all = scene.sayMany(room, kim, 10);
        MessageId sixth = all.get(5).id();

        assertPage(log.history(room.id(), new HistoryQuery.Around(sixth), 4), all.subList(3, 7), null, true);
        assertPage(log.history(room.id(), new HistoryQuery.Around(sixth), 5), all.subList(3, 8), null, true);
        assertPage(log.history(room.id(), new HistoryQuery.Around(sixth), 1), all.subList(5, 6), null, true);
        assertPage(log.history(room.id(), new HistoryQuery.Around(sixth), 100), all, null, false);
        assertPage(
                log.history(room.id(), new HistoryQuery.Around(all.getFirst().id()), 4), all.subList(0, 2), null, true);
        assertPage(
                log.history(room.id(), new HistoryQuery.Around(all.getLast().id()), 4), all.subList(7, 10), null, true);
    }

    @Test
    default void afterAPlaceComesTheNextOne() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> all = scene.sayMany(room, kim, 5);

        assertPage(
                log.history(room.id(), new HistoryQuery.AfterSeq(new Sequence(2)), 2),
                all.subList(2, 4),
                all.get(3).id(),
                true);
        assertPage(
                log.history(room.id(), new HistoryQuery.AfterSeq(new Sequence(3)), 2), all.subList(3, 5), null, false);
        assertPage(log.history(room.id(), new HistoryQuery.AfterSeq(new Sequence(5)), 2), List.of(), null, false);
        assertPage(
                log.history(room.id(), new HistoryQuery.AfterSeq(new Sequence(Long.MAX_VALUE)), 2),
                List.of(),
                null,
                false);
    }

    @Test
    default void pagesShowOneRoomAlone() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Room other = scene.room(kim);
        List<Message> here = new ArrayList<>();
        Message there = scene.say(other, kim, "there");
        for (int i = 0; i < 3; i++) {
            here.add(scene.say(room, kim, "here"));
            there = scene.say(other, kim, "there");
        }

        assertPage(log.history(room.id(), new HistoryQuery.Newest(), 50), here, null, false);
        assertThat(log.find(room.id(), there.id())).isEmpty();
        assertThat(log.find(other.id(), there.id())).contains(there);
        assertThat(log.find(RoomId.random(), there.id())).isEmpty();
    }

    @Test
    default void eventsAreReadPlaceByPlaceAndNothingIsSkipped() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> all = scene.sayMany(room, kim, 10);
        List<ChatEvent.Timeline> read = new ArrayList<>();
        Sequence after = Sequence.NONE;
        while (after != null) {
            Page<ChatEvent.Timeline, Sequence> page = stores().messageLog().events(room.id(), after, 4);
            read.addAll(page.items());
            after = page.nextCursor();
            assertThat(after).isIn(null, new Sequence(4), new Sequence(8));
        }

        assertThat(read).extracting(ChatEvent.Timeline::message).isEqualTo(all);
        assertThat(read).allMatch(event -> event instanceof ChatEvent.MessagePosted);
    }

    @Test
    default void eventsEndAtTheHead() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        scene.sayMany(room, kim, 10);

        assertThat(log.events(room.id(), Sequence.NONE, 10).nextCursor()).isNull();
        assertThat(log.events(room.id(), Sequence.NONE, 501).items()).hasSize(10);
        assertThat(log.events(room.id(), new Sequence(9), 1).nextCursor()).isNull();
        assertThat(log.events(room.id(), new Sequence(10), 5)).isEqualTo(new Page<>(List.of(), null));
        assertThat(log.events(room.id(), new Sequence(99), 5)).isEqualTo(new Page<>(List.of(), null));
    }

    @Test
    default void outcomesAreToldToTheirSenderAlone() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        User stranger = scene.user("Stranger");
        Room room = scene.room(kim);
        Command.Post stored = Samples.post(room.id(), kim.id(), "yes");
        Command.Post refused = Samples.post(room.id(), stranger.id(), "no");
        RoomId nowhere = RoomId.random();
        Command.Post lost = Samples.post(nowhere, kim.id(), "lost");
        Message message = StoreScene.message(
                scene.store(new CommandTape().append(stored, refused, lost)).getFirst());

        assertThat(log.outcome(room.id(), kim.id(), stored.commandId())).contains(new Outcome.Persisted(message));
        assertThat(log.outcome(room.id(), stranger.id(), refused.commandId()))
                .contains(new Outcome.Rejected(Rejection.NOT_A_MEMBER));
        assertThat(log.outcome(nowhere, kim.id(), lost.commandId()))
                .contains(new Outcome.Rejected(Rejection.ROOM_NOT_FOUND));
        assertThat(log.outcome(room.id(), stranger.id(), stored.commandId())).isEmpty();
        assertThat(log.outcome(nowhere, kim.id(), stored.commandId())).isEmpty();
        assertThat(log.outcome(room.id(), kim.id(), ClientMessageId.random())).isEmpty();
    }

    @Test
    default void headsAreToldForRoomsThatExist() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room quiet = scene.room(kim);
        Room busy = scene.room(kim);
        scene.sayMany(busy, kim, 3);

        assertThat(stores().messageLog().heads(List.of(quiet.id(), RoomId.random(), busy.id())))
                .isEqualTo(Map.of(quiet.id(), Sequence.NONE, busy.id(), new Sequence(3)));
        assertThat(stores().messageLog().heads(List.of())).isEmpty();
    }

    @Test
    default void messagesShowTheirSendersPresentNickname() {
        StoreScene scene = new StoreScene(stores());
        MessageLog log = stores().messageLog();
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message message = scene.say(room, kim, "hello");
        stores().users().rename(kim.id(), "Kim the Second");

        assertThat(message.senderName()).isEqualTo("Kim");
        assertThat(scene.history(room)).extracting(Message::senderName).containsExactly("Kim the Second");
        assertThat(log.find(room.id(), message.id()).orElseThrow().senderName()).isEqualTo("Kim the Second");
        assertThat(scene.say(room, kim, "again").senderName()).isEqualTo("Kim the Second");
    }
}
