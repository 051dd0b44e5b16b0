package dev.confab.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

final class MessageIdTest {

    private static final long LATEST = (1L << 48) - 1;

    @Property
    void everyIdIsReadBackFromItsText(@ForAll long high, @ForAll long low) {
        MessageId id = new MessageId(high, low);

        assertThat(id.toString()).hasSize(26).isUpperCase();
        assertThat(MessageId.parse(id.toString())).contains(id);
        assertThat(MessageId.parse(id.toString().toLowerCase(Locale.ROOT))).contains(id);
    }

    @Property
    void textsAreOrderedAsTheirIds(@ForAll long high, @ForAll long low, @ForAll long otherHigh, @ForAll long otherLow) {
        MessageId one = new MessageId(high, low);
        MessageId other = new MessageId(otherHigh, otherLow);

        assertThat(Integer.signum(one.toString().compareTo(other.toString())))
                .isEqualTo(Integer.signum(one.compareTo(other)));
    }

    @Property
    void anIdIsGreaterThanTheOneBeforeWhateverTheClockSays(
            @ForAll @LongRange(max = LATEST - 1) long lastMillis,
            @ForAll long lastRandom,
            @ForAll int lastMoreRandom,
            @ForAll @LongRange(min = -1_000, max = LATEST) long nowMillis,
            @ForAll long seed) {
        MessageId last = new MessageId(lastMillis << 16 | (lastMoreRandom & 0xFFFF), lastRandom);

        MessageId next = MessageId.after(last, Instant.ofEpochMilli(nowMillis), new Random(seed));

        assertThat(next).isGreaterThan(last);
        assertThat(next.createdAt()).isAfterOrEqualTo(last.createdAt());
    }

    @Property
    void aFirstIdCarriesTheTime(@ForAll @LongRange(max = LATEST) long millis, @ForAll long seed) {
        MessageId id = MessageId.after(null, Instant.ofEpochMilli(millis), new Random(seed));

        assertThat(id.epochMillis()).isEqualTo(millis);
        assertThat(id.createdAt()).isEqualTo(Instant.ofEpochMilli(millis));
    }

    @Property
    void aLaterIdCarriesItsOwnTimeOnceTheClockIsAhead(
            @ForAll @LongRange(max = LATEST - 1) long millis, @ForAll long seed) {
        Random random = new Random(seed);
        MessageId last = MessageId.after(null, Instant.ofEpochMilli(millis), random);

        assertThat(MessageId.after(last, Instant.ofEpochMilli(millis + 1), random)
                        .epochMillis())
                .isEqualTo(millis + 1);
    }

    @Property
    void textsOfAnotherLengthAreNoIds(@ForAll @CharRange(from = '0', to = '7') @StringLength(max = 60) String text) {
        assertThat(MessageId.parse(text).isPresent()).isEqualTo(text.length() == 26);
    }

    @Property
    void noTextMakesTheReaderFail(@ForAll String text) {
        MessageId.parse(text).ifPresent(id -> assertThat(id.toString()).isEqualToIgnoringCase(text));
    }

    @Example
    void theExampleOfTheUlidDescriptionIsRead() {
        MessageId id = MessageId.parse("01ARYZ6S41TSV4RRFFQ69G5FAV").orElseThrow();

        assertThat(id.epochMillis()).isEqualTo(1_469_918_176_385L);
        assertThat(id.toString()).isEqualTo("01ARYZ6S41TSV4RRFFQ69G5FAV");
    }

    @Example
    void lettersThatCrockfordLeavesOutAreNotRead() {
        for (String letter : List.of("I", "L", "O", "U", "i", "l", "o", "u", "-", " ", "é", "한", "\u0000")) {
            assertThat(MessageId.parse("01ARYZ6S41TSV4RRFFQ69G5FA" + letter)).isEmpty();
        }
        assertThat(MessageId.parse("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")).contains(new MessageId(-1, -1));
        assertThat(MessageId.parse("80000000000000000000000000")).isEmpty();
    }

    @Example
    void idsRiseWhileTheClockStandsStillAndTheRandomPartOverflows() {
        Instant now = Instant.ofEpochMilli(1_000);
        List<MessageId> ids = new ArrayList<>(List.of(new MessageId(1_000L << 16 | 0xFFFF, -2)));
        for (int i = 0; i < 4; i++) {
            ids.add(MessageId.after(ids.getLast(), now, new Random(i)));
        }

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        // The random part is full: the time in the id runs ahead of the clock by a millisecond.
        assertThat(ids.get(2)).isEqualTo(new MessageId(1_001L << 16, 0));
    }
}
