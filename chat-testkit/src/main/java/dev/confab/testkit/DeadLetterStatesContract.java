package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.LetterState;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.port.out.DeadLetterLog.Extent;
import dev.confab.chat.port.out.DeadLetterStates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What every {@link DeadLetterStates} does. */
public interface DeadLetterStatesContract {

    /** The same fixture throughout one test. */
    StoreFixture stores();

    Instant PARKED_AT = Instant.parse("2026-02-24T06:00:00.123Z");
    LetterState REPLAYED = new LetterState(LetterState.Kind.REPLAYED, PARKED_AT.plusMillis(1_001));
    LetterState DISCARDED = new LetterState(LetterState.Kind.DISCARDED, PARKED_AT.plusMillis(2_002));

    private static ParkedLetter letter(int partition, long offset, Instant parkedAt) {
        return new ParkedLetter(
                new LetterId(partition, offset),
                parkedAt,
                new ParkedLetter.Origin("commands", 1, 2),
                LetterCause.UNREADABLE,
                null,
                null,
                "",
                0,
                "no JSON",
                Samples.trace());
    }

    /** Other tests use the same store. */
    private static int newPartition() {
        return ThreadLocalRandom.current().nextInt(1_000_000_000);
    }

    @Test
    default void aLetterIsWithoutAStateUntilOneIsNoted() {
        DeadLetterStates states = stores().deadLetterStates();
        int partition = newPartition();
        ParkedLetter one = letter(partition, 1, PARKED_AT);
        ParkedLetter other = letter(partition, 2, PARKED_AT);
        assertThat(states.of(List.of(one, other))).isEmpty();
        assertThat(states.of(List.of())).isEmpty();

        states.note(one, REPLAYED);

        assertThat(states.of(List.of(one, other))).containsOnly(Map.entry(one.id(), REPLAYED));
    }

    @Test
    default void aLaterStateTakesThePlaceOfTheFormer() {
        DeadLetterStates states = stores().deadLetterStates();
        ParkedLetter letter = letter(newPartition(), 1, PARKED_AT);
        states.note(letter, DISCARDED);
        states.note(letter, REPLAYED);
        assertThat(states.of(List.of(letter))).containsValue(REPLAYED);
    }

    @Test
    default void aStateIsNotThatOfAnotherLetterWithTheSameId() {
        DeadLetterStates states = stores().deadLetterStates();
        int partition = newPartition();
        states.note(letter(partition, 1, PARKED_AT), DISCARDED);
        ParkedLetter later = letter(partition, 1, PARKED_AT.plus(Duration.ofMillis(1)));

        assertThat(states.of(List.of(later))).isEmpty();

        states.note(later, REPLAYED);
        assertThat(states.of(List.of(later))).containsValue(REPLAYED);
    }

    @Test
    default void thoseThatLieThereAreCounted() {
        DeadLetterStates states = stores().deadLetterStates();
        int partition = newPartition();
        int other = newPartition();
        for (long offset : List.of(3L, 4L, 9L)) {
            states.note(letter(partition, offset, PARKED_AT), DISCARDED);
        }
        states.note(letter(other, 0, PARKED_AT), REPLAYED);

        assertThat(states.count(List.of(new Extent(partition, 4, 9)))).isEqualTo(1);
        assertThat(states.count(List.of(new Extent(partition, 0, 10), new Extent(other, 0, 1))))
                .isEqualTo(4);
        assertThat(states.count(List.of(new Extent(partition, 5, 5)))).isZero();
        assertThat(states.count(List.of())).isZero();
    }
}
