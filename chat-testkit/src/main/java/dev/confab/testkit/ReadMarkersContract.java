package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Marking;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.ReadBy;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.Unread;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.ReadMarkers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ReadMarkers} does (G8). An adapter's test implements {@link #stores()}, which answers the same
 * fixture throughout one test.
 */
public interface ReadMarkersContract {

    /** The stores under test. */
    StoreFixture stores();

    private Marking mark(Room room, User user, Message message) {
        return stores().readMarkers()
                .mark(room.id(), user.id(), message.id(), stores().clock().instant());
    }

    private long unread(Room room, User user) {
        return stores().readMarkers().unread(user.id()).stream()
                .filter(unread -> unread.roomId().equals(room.id()))
                .mapToLong(Unread::count)
                .reduce((one, other) -> {
                    throw new AssertionError("the room is there twice");
                })
                .orElseThrow();
    }

    @Test
    default void aMarkerMovesForwardAndTellsWhatIsLeft() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        List<Message> messages = scene.sayMany(room, kim, 5);
        scene.tick();
        Instant now = stores().clock().instant();

        assertThat(mark(room, lee, messages.get(1)))
                .isEqualTo(new Marking.Marked(true, messages.get(1).id(), new Sequence(2), now, 3));
        assertThat(mark(room, lee, messages.get(4)))
                .isEqualTo(new Marking.Marked(true, messages.get(4).id(), new Sequence(5), now, 0));
        assertThat(unread(room, lee)).isZero();
        assertThat(stores().rooms()
                        .membership(room.id(), lee.id())
                        .orElseThrow()
                        .lastReadMessageId())
                .isEqualTo(messages.get(4).id());
    }

    @Test
    default void aMarkerNeverMovesBack() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        List<Message> messages = scene.sayMany(room, kim, 5);
        Instant then = stores().clock().instant();
        mark(room, lee, messages.get(3));
        scene.tick();
        Marking present = new Marking.Marked(false, messages.get(3).id(), new Sequence(4), then, 1);

        assertThat(mark(room, lee, messages.get(3))).isEqualTo(present);
        assertThat(mark(room, lee, messages.get(0))).isEqualTo(present);
        assertThat(unread(room, lee)).isEqualTo(1);
    }

    @Test
    default void onlyMembersMark() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        Message message = scene.say(room, kim, "hello");
        scene.leave(room, lee);

        assertThat(mark(room, lee, message)).isEqualTo(new Marking.NotAMember());
        assertThat(mark(room, scene.user("Stranger"), message)).isEqualTo(new Marking.NotAMember());
        assertThat(stores().readMarkers()
                        .mark(
                                RoomId.random(),
                                kim.id(),
                                message.id(),
                                stores().clock().instant()))
                .isEqualTo(new Marking.NotAMember());
    }

    @Test
    default void onlyMessagesOfTheRoomAreMarked() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message message = scene.say(room, kim, "here");
        Message elsewhere = scene.say(scene.room(kim), kim, "there");
        MessageId nowhere = new MessageId(message.id().high(), ~message.id().low());

        assertThat(mark(room, kim, elsewhere)).isEqualTo(new Marking.MessageNotFound());
        assertThat(stores().readMarkers()
                        .mark(room.id(), kim.id(), nowhere, stores().clock().instant()))
                .isEqualTo(new Marking.MessageNotFound());
    }

    @Test
    default void allMessagesOfOthersAreUnreadAtFirst() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);

        assertThat(unread(room, lee)).isZero();
        scene.sayMany(room, kim, 7);

        assertThat(unread(room, lee)).isEqualTo(7);
    }

    @Test
    default void onesOwnSendMovesOnesOwnMarker() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        scene.sayMany(room, kim, 3);
        Message mine = scene.say(room, lee, "mine");
        scene.sayMany(room, kim, 2);

        assertThat(unread(room, lee)).isEqualTo(2);
        assertThat(unread(room, kim)).isZero();
        assertThat(stores().rooms()
                        .membership(room.id(), lee.id())
                        .orElseThrow()
                        .lastReadMessageId())
                .isEqualTo(mine.id());
    }

    @Test
    default void sendersOfOneBatchEndAtTheirOwnLastMessage() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User park = scene.user("Park");
        Room room = scene.room(kim, lee, park);

        scene.store(new CommandTape()
                .append(
                        Samples.post(room.id(), kim.id(), "1"),
                        Samples.post(room.id(), lee.id(), "2"),
                        Samples.post(room.id(), kim.id(), "3"),
                        Samples.post(room.id(), lee.id(), "4"),
                        Samples.post(room.id(), kim.id(), "5")));

        assertThat(unread(room, kim)).isZero();
        assertThat(unread(room, lee)).isEqualTo(1);
        assertThat(unread(room, park)).isEqualTo(5);
    }

    @Test
    default void aRepeatedSendMovesNoMarker() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        CommandTape tape = new CommandTape();
        scene.store(tape.append(Samples.post(room.id(), lee.id(), "mine")));
        Message head = scene.sayMany(room, kim, 3).getLast();
        scene.store(tape.playFrom(0));
        assertThat(unread(room, lee)).isEqualTo(3);

        mark(room, lee, head);
        scene.store(tape.playFrom(0));

        assertThat(unread(room, lee)).isZero();
    }

    @Test
    default void aRejectedSendMovesNoMarker() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        Message elsewhere = scene.say(scene.room(kim), kim, "elsewhere");
        scene.sayMany(room, kim, 3);

        scene.store(new CommandTape().append(Samples.reply(room.id(), lee.id(), elsewhere.id(), "to nothing")));

        assertThat(unread(room, lee)).isEqualTo(3);
    }

    @Test
    default void aNewcomerHasReadEverything() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim);
        List<Message> before = scene.sayMany(room, kim, 4);
        scene.join(room, lee);
        assertThat(unread(room, lee)).isZero();

        scene.sayMany(room, kim, 2);

        assertThat(unread(room, lee)).isEqualTo(2);
        Marking back = mark(room, lee, before.getFirst());
        assertThat(back).isInstanceOf(Marking.Marked.class);
        assertThat(((Marking.Marked) back).moved()).isFalse();
        assertThat(((Marking.Marked) back).lastReadSeq()).isEqualTo(new Sequence(4));
        assertThat(((Marking.Marked) back).unreadCount()).isEqualTo(2);
    }

    @Test
    default void whoComesBackHasReadEverything() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        scene.sayMany(room, kim, 3);
        scene.leave(room, lee);
        scene.sayMany(room, kim, 3);

        scene.join(room, lee);

        assertThat(unread(room, lee)).isZero();
    }

    @Test
    default void everyRoomOneIsInIsCountedForItself() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room quiet = scene.room(kim, lee);
        Room busy = scene.room(kim, lee);
        Room left = scene.room(kim, lee);
        scene.room(kim);
        scene.sayMany(busy, kim, 3);
        scene.sayMany(left, kim, 3);
        scene.leave(left, lee);

        assertThat(stores().readMarkers().unread(lee.id()))
                .containsExactlyInAnyOrder(new Unread(quiet.id(), 0), new Unread(busy.id(), 3));
        assertThat(stores().readMarkers().unread(UserId.random())).isEmpty();
    }

    @Test
    default void fiftyWhoReadAtOnceLeaveEveryCountExact() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        List<User> readers = scene.users(50);
        Room room = scene.room(kim, readers.toArray(User[]::new));
        List<Message> messages = scene.sayMany(room, kim, 50);

        AtOnce.call(51, i -> {
            if (i == 50) {
                CommandTape tape = new CommandTape();
                for (int n = 0; n < 20; n++) {
                    scene.store(tape.append(Samples.post(room.id(), kim.id(), "more")));
                }
            } else {
                // Forwards, backwards, and where the marker is to end.
                mark(room, readers.get(i), messages.get(i / 2));
                mark(room, readers.get(i), messages.get(i));
                mark(room, readers.get(i), messages.get(i / 3));
            }
            return i;
        });

        for (int i = 0; i < 50; i++) {
            assertThat(unread(room, readers.get(i))).isEqualTo(70L - (i + 1));
        }
        assertThat(unread(room, kim)).isZero();
    }

    @Test
    default void readersOfAMessageAreThoseWhoseMarkerIsThereOrBeyond() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User park = scene.user("Park");
        User choi = scene.user("Choi");
        Room room = scene.room(kim, lee, park, choi);
        List<Message> messages = scene.sayMany(room, kim, 3);
        mark(room, lee, messages.get(1));
        mark(room, park, messages.get(2));
        Instant then = stores().clock().instant();

        assertThat(readers(messages.get(1)))
                .containsExactlyInAnyOrder(new ReadBy(lee.id(), then), new ReadBy(park.id(), then));
        assertThat(readers(messages.get(2))).containsExactly(new ReadBy(park.id(), then));
        scene.leave(room, park);
        assertThat(readers(messages.get(2))).isEmpty();
    }

    @Test
    default void readersComeInPagesWithoutHoleOrRepeat() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        List<User> others = scene.users(7);
        Room room = scene.room(kim, others.toArray(User[]::new));
        Message message = scene.say(room, kim, "hello");
        others.forEach(reader -> mark(room, reader, message));

        assertThat(readers(message))
                .extracting(ReadBy::userId)
                .containsExactlyInAnyOrderElementsOf(
                        others.stream().map(User::id).toList());
    }

    /** In pages of three. */
    private List<ReadBy> readers(Message message) {
        List<ReadBy> all = new ArrayList<>();
        Page<ReadBy, UserId> page = stores().readMarkers().readers(message, null, 3);
        all.addAll(page.items());
        while (page.hasMore()) {
            page = stores().readMarkers().readers(message, page.nextCursor(), 3);
            all.addAll(page.items());
        }
        return all;
    }

    @Test
    default void oneReaderOnManyDevicesEndsAtTheFarthestMark() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        List<Message> messages = scene.sayMany(room, kim, 20);

        List<Marking> markings = AtOnce.call(20, i -> mark(room, lee, messages.get(i)));

        assertThat(unread(room, lee)).isZero();
        List<Long> places = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Marking.Marked marked = (Marking.Marked) markings.get(i);
            // Whoever moved the marker moved it to the place asked for; whoever did not found it beyond.
            assertThat(marked.lastReadSeq().value()).isGreaterThanOrEqualTo(i + 1L);
            assertThat(marked.unreadCount()).isEqualTo(20 - marked.lastReadSeq().value());
            if (marked.moved()) {
                places.add(marked.lastReadSeq().value());
            }
        }
        assertThat(places).contains(20L).doesNotHaveDuplicates();
    }
}
