package dev.confab.chat.usecase;

import static dev.confab.chat.usecase.UseCases.assertRefused;
import static dev.confab.chat.usecase.UseCases.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.Marking;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.Unread;
import dev.confab.chat.model.User;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.CountUnread;
import dev.confab.chat.port.in.FetchHistory;
import dev.confab.chat.port.in.FindOutcome;
import dev.confab.chat.port.in.MarkRead;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadingTest {

    private final UseCases chat = new UseCases();
    private final User kim = chat.user("kim");
    private final User lee = chat.user("lee");
    private final User stranger = chat.user("stranger");
    private final Room open = chat.room(Visibility.PUBLIC, kim, lee);
    private final Room hidden = chat.room(Visibility.PRIVATE, kim);

    private final FetchHistory fetchHistory = new FetchHistoryService(chat.stores.messageLog(), chat.stores.rooms());
    private final FindOutcome findOutcome = new FindOutcomeService(chat.stores.messageLog());
    private final CountUnread countUnread = new CountUnreadService(chat.stores.readMarkers());
    private final MarkRead markRead = new MarkReadService(
            chat.stores.readMarkers(),
            chat.stores.rooms(),
            chat.stores.messageLog(),
            chat.bus,
            chat.clock,
            chat.random);

    @Test
    void membersReadHistoryEventsAndMessages() {
        Message first = chat.say(open, kim, "1");
        Message second = chat.say(open, kim, "2");

        assertThat(ok(fetchHistory.history(lee.id(), open.id(), new HistoryQuery.Newest(), 50))
                        .items())
                .containsExactly(first, second);
        assertThat(ok(fetchHistory.events(lee.id(), open.id(), new Sequence(1), 500))
                        .items())
                .containsExactly(new ChatEvent.MessagePosted(second));
        assertThat(ok(fetchHistory.message(lee.id(), open.id(), first.id()))).isEqualTo(first);
    }

    @Test
    void strangersReadNothing() {
        Message message = chat.say(open, kim, "1");
        Message secret = chat.say(hidden, kim, "2");

        assertRefused(
                fetchHistory.history(stranger.id(), open.id(), new HistoryQuery.Newest(), 50),
                Refusal.Code.NOT_A_MEMBER);
        assertRefused(fetchHistory.events(stranger.id(), open.id(), Sequence.NONE, 50), Refusal.Code.NOT_A_MEMBER);
        assertRefused(fetchHistory.message(stranger.id(), open.id(), message.id()), Refusal.Code.NOT_A_MEMBER);
        assertRefused(
                fetchHistory.history(stranger.id(), hidden.id(), new HistoryQuery.Newest(), 50),
                Refusal.Code.ROOM_NOT_FOUND);
        assertRefused(fetchHistory.message(stranger.id(), hidden.id(), secret.id()), Refusal.Code.ROOM_NOT_FOUND);
        assertRefused(
                fetchHistory.events(stranger.id(), RoomId.random(), Sequence.NONE, 50), Refusal.Code.ROOM_NOT_FOUND);
    }

    @Test
    void aMessageOfAnotherRoomIsNotThere() {
        Message secret = chat.say(hidden, kim, "secret");

        assertRefused(fetchHistory.message(lee.id(), open.id(), secret.id()), Refusal.Code.MESSAGE_NOT_FOUND);
    }

    @Test
    void pagesHaveBounds() {
        for (int limit : new int[] {0, 101}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> fetchHistory.history(kim.id(), open.id(), new HistoryQuery.Newest(), limit));
        }
        for (int limit : new int[] {0, 501}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> fetchHistory.events(kim.id(), open.id(), Sequence.NONE, limit));
        }
    }

    @Test
    void outcomesStayReadableForWhoSentMemberOrNot() {
        ClientMessageId accepted = ClientMessageId.random();
        ClientMessageId refused = ClientMessageId.random();
        chat.send(open.id(), lee.id(), accepted, "hello");
        chat.send(open.id(), stranger.id(), refused, "no");
        new LeaveRoomService(chat.stores.rooms(), chat.signals, chat.clock).leave(lee.id(), open.id());

        assertThat(findOutcome.find(lee.id(), open.id(), accepted))
                .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(Outcome.Persisted.class));
        assertThat(findOutcome.find(stranger.id(), open.id(), refused))
                .contains(new Outcome.Rejected(Rejection.NOT_A_MEMBER));
        assertThat(findOutcome.find(kim.id(), open.id(), accepted)).isEmpty();
    }

    @Test
    void aMarkerThatMovesIsToldToOthers() {
        Message first = chat.say(open, kim, "1");
        chat.say(open, kim, "2");
        Instant now = Instant.parse("2026-02-24T06:00:00.123Z");

        Marking.Marked marked = ok(markRead.markRead(lee.id(), open.id(), first.id()));

        assertThat(marked).isEqualTo(new Marking.Marked(true, first.id(), new Sequence(1), now, 1));
        assertThat(chat.bus.published)
                .singleElement()
                .satisfies(publication -> assertThat(publication)
                        .isEqualTo(new Publication(
                                chat.stores.messageLog().epoch(),
                                0,
                                publication.traceId(),
                                new ChatEvent.ReadMarked(open.id(), lee.id(), first.id(), new Sequence(1), now))));
        assertThat(countUnread.unread(lee.id())).containsExactly(new Unread(open.id(), 1));
    }

    @Test
    void aMarkerThatStaysIsNotTold() {
        Message first = chat.say(open, kim, "1");
        Message second = chat.say(open, kim, "2");
        ok(markRead.markRead(lee.id(), open.id(), second.id()));
        chat.bus.published.clear();

        Marking.Marked marked = ok(markRead.markRead(lee.id(), open.id(), first.id()));

        assertThat(marked.moved()).isFalse();
        assertThat(marked.lastReadMessageId()).isEqualTo(second.id());
        assertThat(chat.bus.published).isEmpty();
    }

    @Test
    void aBusThatIsAwayDoesNotKeepAnybodyFromReading() {
        Message message = chat.say(open, kim, "1");
        chat.bus.away = true;

        assertThat(ok(markRead.markRead(lee.id(), open.id(), message.id())).unreadCount())
                .isZero();
        assertThat(countUnread.unread(lee.id())).containsExactly(new Unread(open.id(), 0));
    }

    @Test
    void onlyMembersMarkMessagesOfTheRoom() {
        Message message = chat.say(open, kim, "1");
        Message secret = chat.say(hidden, kim, "2");

        assertRefused(markRead.markRead(stranger.id(), open.id(), message.id()), Refusal.Code.NOT_A_MEMBER);
        assertRefused(markRead.markRead(stranger.id(), hidden.id(), secret.id()), Refusal.Code.ROOM_NOT_FOUND);
        assertRefused(markRead.markRead(kim.id(), RoomId.random(), message.id()), Refusal.Code.ROOM_NOT_FOUND);
        assertRefused(markRead.markRead(kim.id(), open.id(), secret.id()), Refusal.Code.MESSAGE_NOT_FOUND);
        assertThat(chat.bus.published).isEmpty();
    }

    @Test
    void unreadMessagesAreCountedForEveryRoom() {
        chat.say(open, kim, "1");
        chat.say(open, kim, "2");

        assertThat(countUnread.unread(lee.id())).containsExactly(new Unread(open.id(), 2));
        assertThat(countUnread.unread(kim.id()))
                .containsExactlyInAnyOrderElementsOf(List.of(new Unread(open.id(), 0), new Unread(hidden.id(), 0)));
        assertThat(countUnread.unread(stranger.id())).isEmpty();
    }
}
