package dev.confab.chat.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PurgeLimitTest {

    private static long limit(long purged, long old, int most, PurgeLimit.Change... changes) {
        return PurgeLimit.of(purged, old, most, List.of(changes));
    }

    private static PurgeLimit.Change change(long message, long change) {
        return new PurgeLimit.Change(message, change);
    }

    @Test
    void everythingOldGoesInPartsOfTheSizeThatIsWanted() {
        assertThat(limit(0, 10, 100)).isEqualTo(10);
        assertThat(limit(0, 10, 4)).isEqualTo(4);
        assertThat(limit(8, 10, 4)).isEqualTo(10);
        assertThat(limit(10, 10, 4)).isEqualTo(10);
    }

    @Test
    void aMessageWithAChangeThatStaysStaysToo() {
        assertThat(limit(0, 10, 100, change(4, 12))).isEqualTo(3);
        assertThat(limit(0, 10, 100, change(4, 12), change(2, 5))).isEqualTo(1);
        assertThat(limit(0, 10, 100, change(1, 12))).isZero();
    }

    @Test
    void aMessageAndItsLateChangeGoTogetherHoweverFarApart() {
        assertThat(limit(0, 10, 2, change(1, 9))).isEqualTo(9);
        assertThat(limit(0, 10, 2, change(1, 5), change(4, 8))).isEqualTo(8);
    }

    @Test
    void noPartEverCutsAMessageFromItsChange() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            List<PurgeLimit.Change> changes = new ArrayList<>();
            for (int c = random.nextInt(6); c > 0; c--) {
                long message = 1L + random.nextInt(20);
                changes.add(change(message, message + 1 + random.nextInt(10)));
            }
            long purged = 0;
            long old = random.nextInt(25);
            long end = PurgeLimit.of(purged, old, 1 + random.nextInt(8), changes);
            assertThat(end).isBetween(purged, Math.max(purged, old));
            assertThat(changes).noneMatch(each -> each.message() <= end && end < each.change());
            boolean some = false;
            for (long place = purged + 1; place <= old; place++) {
                long at = place;
                some |= changes.stream().noneMatch(each -> each.message() <= at && at < each.change());
            }
            assertThat(end > purged).isEqualTo(some);
        }
    }
}
