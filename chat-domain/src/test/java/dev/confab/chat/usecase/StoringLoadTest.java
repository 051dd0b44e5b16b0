package dev.confab.chat.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoringLoadTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Duration WORKED = Duration.ofMillis(100);

    private final StoringLoad load = new StoringLoad(0);

    @Test
    void whereNothingIsStoredNobodyRests() {
        assertEquals(Duration.ZERO, load.rest(WORKED, SECOND));
    }

    @Test
    void whereStoringTakesATenthOfTheTimeTheRestIsAsLongAsTheWork() {
        store(SECOND / 2, SECOND / 10);
        assertEquals(WORKED, load.rest(WORKED, SECOND));
    }

    @Test
    void whereStoringTakesHalfOfTheTimeTheRestIsNineTimesTheWork() {
        store(0, SECOND / 4);
        store(SECOND / 2, SECOND / 4);
        assertEquals(WORKED.multipliedBy(9), load.rest(WORKED, SECOND));
    }

    @Test
    void whereItNeverStopsTheRestIsNineteenTimesTheWorkAndNoLonger() {
        load.begun(0);
        assertEquals(WORKED.multipliedBy(19), load.rest(WORKED, SECOND));
        assertEquals(WORKED.multipliedBy(19), load.rest(WORKED, 2 * SECOND));
    }

    @Test
    void batchesAtTheSameTimeCountOnce() {
        load.begun(0);
        load.begun(SECOND / 4);
        load.ended(SECOND / 4 + 1);
        load.ended(SECOND / 2);
        assertEquals(WORKED.multipliedBy(9), load.rest(WORKED, SECOND));
    }

    @Test
    void whatWasStoredBeforeTheLastLookIsForgotten() {
        store(0, SECOND);
        Duration unused = load.rest(WORKED, SECOND);
        assertEquals(Duration.ZERO, load.rest(WORKED, 2 * SECOND));
    }

    private void store(long begin, long nanos) {
        load.begun(begin);
        load.ended(begin + nanos);
    }
}
