package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecentTimelineTest {

    private static final RoomId ROOM = RoomId.random();
    private static final UserId KIM = UserId.random();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final RecentMemory memory = new RecentMemory(1_000_000);
    private final RecentTimeline recent = new RecentTimeline(memory);

    private static Message message(long seq, @Nullable String content) {
        return new Message(
                new MessageId(0, seq),
                new Sequence(seq),
                ROOM,
                KIM,
                "Kim",
                ClientMessageId.random(),
                MessageType.TEXT,
                content,
                null,
                List.of(),
                NOON,
                null,
                content == null ? NOON : null);
    }

    private static ChatEvent.Timeline posted(long seq) {
        return new ChatEvent.MessagePosted(message(seq, "text " + seq));
    }

    private static List<ChatEvent.Timeline> posted(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(RecentTimelineTest::posted)
                .toList();
    }

    private List<Long> after(long place) {
        return recent.after(new Sequence(place), 1_000).stream()
                .map(event -> event.seq().value())
                .toList();
    }

    @Test
    void tellsWhatFollowsAPlaceAndNothingWhenThereIsAHoleBefore() {
        recent.begin(10);
        posted(11, 15).forEach(recent::add);

        assertThat(after(10)).containsExactly(11L, 12L, 13L, 14L, 15L);
        assertThat(after(13)).containsExactly(14L, 15L);
        assertThat(after(15)).isEmpty();
        assertThat(after(9)).isEmpty();
        assertThat(recent.after(new Sequence(10), 2)).hasSize(2);
    }

    @Test
    void forgetsWhatLiesBeforeAHole() {
        recent.begin(0);
        posted(1, 3).forEach(recent::add);
        recent.add(posted(7));

        assertThat(after(2)).isEmpty();
        assertThat(after(6)).containsExactly(7L);
    }

    @Test
    void aDeletionLeavesNothingOfTheContentInWhatIsTold() {
        recent.begin(0);
        posted(1, 3).forEach(recent::add);
        recent.add(new ChatEvent.MessageDeleted(message(2, null), new Sequence(4), KIM));

        assertThat(recent.after(new Sequence(1), 1).getFirst().message().content())
                .isNull();
        assertThat(after(0)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void whatWasReadBeforeAChangeIsNotRemembered() {
        recent.begin(5);
        long before = recent.changes();
        List<ChatEvent.Timeline> read = posted(3, 5);
        recent.add(new ChatEvent.MessageDeleted(message(4, null), new Sequence(6), KIM));

        recent.remember(read, before);

        assertThat(after(3)).isEmpty();
    }

    @Test
    void whatWasReadIsRememberedIfItReachesWhatIsKnown() {
        recent.begin(20);
        recent.remember(posted(11, 20), recent.changes());
        assertThat(after(10)).hasSize(10);

        recent.add(posted(21));
        assertThat(after(10)).hasSize(11);

        recent.remember(posted(5, 15), recent.changes());
        assertThat(after(4)).hasSize(17);

        recent.remember(posted(1, 3), recent.changes());
        assertThat(after(0)).isEmpty();
        assertThat(after(4)).hasSize(17);
    }

    @Test
    void whatTheStoreKnowsBeyondTheFeedIsLeftToTheFeed() {
        recent.begin(10);
        recent.remember(posted(8, 13), recent.changes());

        assertThat(after(7)).containsExactly(8L, 9L, 10L);
        recent.add(posted(11));
        assertThat(after(7)).containsExactly(8L, 9L, 10L, 11L);
    }

    @Test
    void oneRoomRemembersNoMoreThanItMay() {
        recent.begin(0);
        posted(1, 500).forEach(recent::add);

        assertThat(after(500 - RecentTimeline.MOST)).hasSize(RecentTimeline.MOST);
        assertThat(after(500 - RecentTimeline.MOST - 1)).isEmpty();
    }

    @Test
    void allRoomsTogetherRememberNoMoreThanTheyMay() {
        RecentMemory small = new RecentMemory(5_000);
        RecentTimeline one = new RecentTimeline(small);
        RecentTimeline other = new RecentTimeline(small);
        one.begin(0);
        other.begin(0);

        posted(1, 100).forEach(one::add);
        posted(1, 100).forEach(other::add);

        assertThat(one.after(new Sequence(95), 100)).hasSize(5);
        assertThat(other.after(new Sequence(95), 100)).isEmpty();

        one.close();
        posted(101, 200).forEach(other::add);
        assertThat(other.after(new Sequence(195), 100)).hasSize(5);
    }

    @Test
    void whatIsOldIsForgotten() {
        recent.begin(0);
        recent.add(posted(1));
        for (int i = 0; i < 10; i++) {
            memory.pass();
        }
        recent.add(posted(2));
        for (int i = 0; i < 4; i++) {
            memory.pass();
        }
        recent.clean();

        assertThat(after(0)).isEmpty();
        assertThat(after(1)).containsExactly(2L);
    }
}
