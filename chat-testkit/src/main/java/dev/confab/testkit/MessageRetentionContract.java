package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageChange;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.RetentionRule;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.SearchQuery;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.Unread;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.MessageRetention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link MessageRetention} does. */
public interface MessageRetentionContract {

    /** The adapters. */
    StoreFixture stores();

    private Instant now() {
        return stores().clock().instant();
    }

    /** Time goes on, so that all there is becomes old; returns what is old now. */
    private Instant later() {
        stores().clock().advance(Duration.ofDays(1));
        return now();
    }

    private Sequence purge(Room room, Instant before) {
        Optional<MessageRetention.Part> part = stores().retention().next(room.id(), before);
        Sequence purged = Sequence.NONE;
        while (part.isPresent()) {
            assertThat(stores().retention().purge(room.id(), part.get())).isTrue();
            purged = part.get().upTo();
            part = stores().retention().next(room.id(), before);
        }
        return purged;
    }

    private Sequence purgedSeq(Room room) {
        return stores().rooms().standing(room.id(), List.of()).orElseThrow().purgedSeq();
    }

    private List<ChatEvent.Timeline> events(Room room, Sequence after) {
        return stores().messageLog().events(room.id(), after, 501).items();
    }

    private long unread(User user) {
        return stores().readMarkers().unread(user.id()).stream()
                .mapToLong(Unread::count)
                .sum();
    }

    private static ClientMessageId nameOf(Message message) {
        return message.clientMessageId();
    }

    @Test
    default void whatIsOldIsGoneAndWhatFollowsStays() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> old = scene.sayMany(room, kim, 5);
        Instant before = later();
        List<Message> fresh = scene.sayMany(room, kim, 3);
        assertThat(stores().retention().due(before, null, 10_000).items()).contains(room.id());

        assertThat(purge(room, before)).isEqualTo(new Sequence(5));

        assertThat(purgedSeq(room)).isEqualTo(new Sequence(5));
        assertThat(stores().retention().due(before, null, 10_000).items()).doesNotContain(room.id());
        assertThat(stores().messageLog()
                        .history(room.id(), new HistoryQuery.Newest(), 100)
                        .items())
                .isEqualTo(fresh);
        assertThat(stores().messageLog()
                        .history(room.id(), new HistoryQuery.Before(old.get(3).id()), 100)
                        .items())
                .isEmpty();
        assertThat(stores().messageLog()
                        .history(room.id(), new HistoryQuery.After(old.get(3).id()), 100)
                        .items())
                .isEqualTo(fresh);
        assertThat(events(room, new Sequence(5))).hasSize(3);
        assertThat(stores().messageLog().find(room.id(), old.getFirst().id())).isEmpty();
        assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(8));
    }

    @Test
    default void aPurgedSendThatComesAgainIsAnsweredWithItsFirstPlaceAndNotStoredAgain() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post post = Samples.post(room.id(), kim.id(), "1");
        Message message = StoreScene.message(scene.store(tape.append(post)).getFirst());
        ClientMessageId edit = ClientMessageId.random();
        scene.store(tape.append(Samples.edit(message, kim.id(), edit, "2")));
        purge(room, later());

        List<Publication> again = scene.store(tape.append(Samples.again(post)));
        List<Publication> replayed = scene.store(tape.playFrom(0));

        Message told = StoreScene.message(again.getFirst());
        assertThat(told.id()).isEqualTo(message.id());
        assertThat(told.seq()).isEqualTo(message.seq());
        assertThat(told.senderId()).isEqualTo(kim.id());
        assertThat(nameOf(told)).isEqualTo(nameOf(message));
        assertThat(told.content()).isNull();
        assertThat(told.deletedAt()).isNotNull();
        assertThat(replayed).hasSize(3);
        assertThat(events(room, Sequence.NONE)).isEmpty();
        assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(2));
        assertThat(stores().messageLog().outcome(room.id(), kim.id(), nameOf(message)))
                .contains(new Outcome.Persisted(told));
        assertThat(stores().messageLog().outcome(room.id(), kim.id(), edit))
                .contains(new Outcome.Changed(told, MessageChange.EDIT, new Sequence(2)));
    }

    @Test
    default void idsPlacesAndCountsGoOnBehindARoomThatIsAllGone() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        Message last = scene.sayMany(room, kim, 4).getLast();
        Room before = scene.now(room);
        Instant end = later();
        stores().clock().advance(Duration.ofDays(-2));

        purge(room, end);

        assertThat(scene.now(room)).isEqualTo(before);
        assertThat(stores().rooms().roomsOf(lee.id(), null, 10).items())
                .extracting(RoomSummary::lastMessage)
                .containsOnlyNulls();
        Message next = scene.say(room, kim, "next");
        assertThat(next.id()).isGreaterThan(last.id());
        assertThat(next.seq()).isEqualTo(new Sequence(5));
        assertThat(unread(lee)).isEqualTo(1);
        assertThat(events(room, new Sequence(4))).hasSize(1);
        stores().clock().advance(Duration.ofDays(2));
    }

    @Test
    default void whatIsGoneIsNotUnreadAndTheRestIsCountedExactly() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User park = scene.user("Park");
        Room room = scene.room(kim, lee, park);
        List<Message> old = scene.sayMany(room, kim, 6);
        scene.store(new CommandTape().append(Samples.delete(old.get(2), kim.id())));
        Instant before = later();
        List<Message> fresh = scene.sayMany(room, kim, 4);
        stores().readMarkers().mark(room.id(), park.id(), fresh.get(1).id(), now());
        assertThat(unread(lee)).isEqualTo(9);

        purge(room, before);

        assertThat(unread(lee)).isEqualTo(4);
        assertThat(unread(park)).isEqualTo(2);
        assertThat(unread(kim)).isZero();
        scene.store(new CommandTape().append(Samples.delete(fresh.get(3), kim.id())));
        assertThat(unread(lee)).isEqualTo(3);
        assertThat(unread(park)).isEqualTo(1);
        stores().readMarkers().mark(room.id(), lee.id(), fresh.get(0).id(), now());
        assertThat(unread(lee)).isEqualTo(2);
    }

    @Test
    default void aMessageStaysAsLongAsItsChangesDoAndSoDoesWhatFollowsIt() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> old = scene.sayMany(room, kim, 4);
        Instant before = later();
        scene.store(new CommandTape().append(Samples.edit(old.get(2), kim.id(), "edited")));

        assertThat(purge(room, before)).isEqualTo(new Sequence(2));

        List<ChatEvent.Timeline> events = events(room, new Sequence(2));
        assertThat(events).extracting(event -> event.seq().value()).containsExactly(3L, 4L, 5L);
        assertThat(events.getLast()).isInstanceOf(ChatEvent.MessageEdited.class);
        assertThat(purge(room, later())).isEqualTo(new Sequence(5));
        assertThat(events(room, new Sequence(2))).isEmpty();
    }

    @Test
    default void aPartThatWasChangedMeanwhileStays() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> old = scene.sayMany(room, kim, 3);
        Instant before = later();
        MessageRetention.Part part =
                stores().retention().next(room.id(), before).orElseThrow();
        scene.store(new CommandTape().append(Samples.edit(old.get(1), kim.id(), "edited")));

        assertThat(stores().retention().purge(room.id(), part)).isFalse();

        assertThat(events(room, Sequence.NONE)).hasSize(4);
        assertThat(purge(room, before)).isEqualTo(new Sequence(1));
        assertThat(stores().retention().purge(room.id(), part)).isFalse();
    }

    @Test
    default void nothingCanBeDoneWithAMessageThatIsGone() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message old = scene.say(room, kim, "old");
        stores().messageSearch().index(Set.of(room.id()));
        purge(room, later());

        List<Publication> told = scene.store(new CommandTape()
                .append(
                        Samples.edit(old, kim.id(), "new"),
                        Samples.delete(old, kim.id()),
                        Samples.reply(room.id(), kim.id(), old.id(), "?")));

        assertThat(told).allMatch(each -> rejection(each).reason() == Rejection.MESSAGE_NOT_FOUND);
        SearchQuery query = SearchQuery.parse("old").orElseThrow();
        assertThat(stores().messageSearch()
                        .search(kim.id(), null, query, null, 10)
                        .items())
                .isEmpty();
        assertThat(stores().messageSearch().behind(10_000)).doesNotContain(room.id());
    }

    @Test
    default void aRoomWithARuleOfItsOwnIsListedWithItAndNotAmongTheOthers() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room usual = scene.room(kim);
        Room brief = scene.room(kim);
        Room lasting = scene.room(kim);
        List.of(usual, brief, lasting).forEach(room -> scene.say(room, kim, "old"));
        Instant before = later();

        assertThat(stores().retention().rule(brief.id(), new RetentionRule(7))).isTrue();
        assertThat(stores().retention().rule(lasting.id(), new RetentionRule(7)))
                .isTrue();
        assertThat(stores().retention().rule(lasting.id(), RetentionRule.FOREVER))
                .isTrue();
        assertThat(stores().retention().rule(RoomId.random(), RetentionRule.FOREVER))
                .isFalse();

        assertThat(rules())
                .contains(
                        new RetentionRule.OfRoom(brief.id(), new RetentionRule(7)),
                        new RetentionRule.OfRoom(lasting.id(), RetentionRule.FOREVER))
                .extracting(RetentionRule.OfRoom::roomId)
                .doesNotHaveDuplicates()
                .doesNotContain(usual.id());
        assertThat(stores().retention().due(before, null, 10_000).items())
                .contains(usual.id())
                .doesNotContain(brief.id(), lasting.id());
        assertThat(stores().retention().next(brief.id(), before)).isPresent();

        assertThat(stores().retention().rule(brief.id(), null)).isTrue();
        assertThat(rules()).extracting(RetentionRule.OfRoom::roomId).doesNotContain(brief.id());
        assertThat(stores().retention().due(before, null, 10_000).items()).contains(brief.id());
        stores().retention().rule(lasting.id(), null);
    }

    /** In pages of one. */
    private List<RetentionRule.OfRoom> rules() {
        List<RetentionRule.OfRoom> rules = new ArrayList<>();
        Page<RetentionRule.OfRoom, RoomId> page = stores().retention().rules(null, 1);
        rules.addAll(page.items());
        while (page.hasMore()) {
            page = stores().retention().rules(page.nextCursor(), 1);
            rules.addAll(page.items());
        }
        return rules;
    }

    @Test
    default void onlyOneIsAtItAtATime() {
        List<Boolean> inner = new ArrayList<>();

        assertThat(stores().retention()
                        .alone(() -> inner.addAll(
                                AtOnce.call(2, i -> stores().retention().alone(() -> {})))))
                .isTrue();

        assertThat(inner).containsExactly(false, false);
        assertThat(stores().retention().alone(() -> {})).isTrue();
    }

    @Test
    default void randomHistoriesLoseTheirBeginningAndNothingElse() {
        for (long seed = 1; seed <= 6; seed++) {
            Random random = new Random(seed);
            StoreScene scene = new StoreScene(stores());
            User kim = scene.user("Kim");
            User lee = scene.user("Lee");
            Room room = scene.room(kim, lee);
            List<Message> said = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                scene.tick();
                Message some = said.isEmpty() ? null : said.get(random.nextInt(said.size()));
                switch (some == null ? 0 : random.nextInt(10)) {
                    case 0, 1, 2, 3, 4 -> said.add(scene.say(room, kim, "text " + step));
                    case 5, 6 ->
                        scene.store(new CommandTape()
                                .append(Samples.edit(Objects.requireNonNull(some), kim.id(), "edit " + step)));
                    case 7 ->
                        scene.store(new CommandTape().append(Samples.delete(Objects.requireNonNull(some), kim.id())));
                    case 8 ->
                        stores().readMarkers()
                                .mark(
                                        room.id(),
                                        lee.id(),
                                        Objects.requireNonNull(some).id(),
                                        now());
                    default -> purgeAndCompare(room, now().minusSeconds(random.nextInt(20)), lee);
                }
            }
            purgeAndCompare(room, now().plusSeconds(1), lee);
            assertThat(events(room, Sequence.NONE)).isEmpty();
            assertThat(unread(lee)).isZero();
        }
    }

    private void purgeAndCompare(Room room, Instant before, User reader) {
        List<ChatEvent.Timeline> whole = events(room, Sequence.NONE);
        purge(room, before);
        Sequence purged = purgedSeq(room);
        List<ChatEvent.Timeline> left = events(room, Sequence.NONE);
        assertThat(left)
                .isEqualTo(whole.stream()
                        .filter(event -> event.seq().isAfter(purged))
                        .toList());
        Sequence marker = stores().rooms()
                .membership(room.id(), reader.id())
                .orElseThrow()
                .lastReadSeq();
        long unread = left.stream()
                .filter(event -> event instanceof ChatEvent.MessagePosted
                        && event.message().deletedAt() == null
                        && event.seq().isAfter(marker))
                .count();
        assertThat(unread(reader)).isEqualTo(unread);
    }
}
