package dev.confab.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bench.history.Shown.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A store that was restored from a copy: what it lost is stored again at other places and with other ids, and whoever was
 * there is told to begin anew. Nothing that was accepted may be missing in the end.
 */
class ResetHistoryTest {

    private static final String ROOM = "room";
    private static final String USER = "kim";
    private static final String CONTENT = Fingerprint.of("hi");

    private final List<Operation> operations = new ArrayList<>();
    private long nanos;
    private int connection = 1;

    private Operation.At at() {
        return new Operation.At(nanos++, nanos, 0, connection);
    }

    private static Shown message(long seq, String id, String key) {
        return new Shown(What.NEW, ROOM, seq, id, key, USER, "TEXT", CONTENT);
    }

    private void say(String key) {
        operations.add(new Operation.Sent(at(), ROOM, key, CONTENT));
        operations.add(new Operation.Accepted(at(), key));
    }

    private void shown(long seq, String id, String key) {
        operations.add(new Operation.Received(at(), message(seq, id, key)));
    }

    private void stored(Shown... events) {
        operations.add(new Operation.Until(at(), ROOM, events.length));
        Operation.At nobody = new Operation.At(nanos++, nanos, Operation.At.NOBODY, 0);
        for (Shown each : events) {
            operations.add(new Operation.Stored(nobody, each));
        }
        operations.add(new Operation.HistoryRead(nobody, ROOM, events.length, "second"));
    }

    @BeforeEach
    void lifeBeforeTheRestore() {
        operations.add(new Operation.Connected(at(), USER, "gateway", "first"));
        operations.add(new Operation.Joining(at(), ROOM, Operation.Joining.NONE));
        operations.add(new Operation.Joined(at(), ROOM, 0, Operation.Begin.LIVE, 0));
        for (int i = 1; i <= 3; i++) {
            say("key-" + i);
            shown(i, "id-" + i, "key-" + i);
        }
    }

    /** The store knows the first message only; the others come from the log again, in another order of rooms and ids. */
    private void restoredAndBack(long head) {
        operations.add(new Operation.Closed(at(), 1001));
        connection++;
        operations.add(new Operation.Connected(at(), USER, "gateway", "second"));
        operations.add(new Operation.Joining(at(), ROOM, 3));
        operations.add(new Operation.Joined(at(), ROOM, head, Operation.Begin.RESET, 0));
    }

    @Test
    void whatIsStoredAgainElsewhereHolds() {
        restoredAndBack(1);
        shown(2, "id-8", "key-2");
        shown(3, "id-9", "key-3");
        stored(message(1, "id-1", "key-1"), message(2, "id-8", "key-2"), message(3, "id-9", "key-3"));

        Verdict verdict = Damage.check(operations);

        assertThat(verdict.report()).contains("Everything held");
        assertThat(verdict.tally().delivered())
                .isEqualTo(verdict.tally().expected())
                .isEqualTo(5);
    }

    @Test
    void whatIsNotStoredAgainIsLost() {
        restoredAndBack(1);
        shown(2, "id-8", "key-2");
        stored(message(1, "id-1", "key-1"), message(2, "id-8", "key-2"));

        assertThat(Damage.check(operations).counts()).isEqualTo(Map.of(Violation.LOST, 1L));
    }

    @Test
    void aHoleAfterTheResetIsSkippedAlthoughSuchPlacesWereSeenBefore() {
        restoredAndBack(1);
        shown(3, "id-9", "key-3");
        stored(message(1, "id-1", "key-1"), message(2, "id-8", "key-2"), message(3, "id-9", "key-3"));

        assertThat(Damage.check(operations).counts()).isEqualTo(Map.of(Violation.SKIPPED, 1L));
    }

    @Test
    void whatWasSkippedBetweenTwoConnectionsAfterTheResetIsFound() {
        restoredAndBack(1);
        operations.add(new Operation.Closed(at(), 1006));
        connection++;
        operations.add(new Operation.Connected(at(), USER, "gateway", "second"));
        operations.add(new Operation.Joining(at(), ROOM, 3));
        operations.add(new Operation.Joined(at(), ROOM, 3, Operation.Begin.RECOVERED, 0));
        stored(message(1, "id-1", "key-1"), message(2, "id-8", "key-2"), message(3, "id-9", "key-3"));

        assertThat(Damage.check(operations).counts()).isEqualTo(Map.of(Violation.SKIPPED, 1L));
    }

    @Test
    void aChangeOfWhatGotAnotherIdMayBeRefusedAndMustNotBeForgotten() {
        operations.add(new Operation.Changing(at(), ROOM, "change", "id-3", CONTENT));
        operations.add(new Operation.Accepted(at(), "change"));
        restoredAndBack(1);
        shown(2, "id-8", "key-2");
        shown(3, "id-9", "key-3");
        List<Operation> before = List.copyOf(operations);
        for (Operation.Status status : List.of(Operation.Status.REJECTED, Operation.Status.UNKNOWN)) {
            operations.clear();
            operations.addAll(before);
            operations.add(new Operation.Outcome(at(), ROOM, "change", status, null, 0, "message-not-found"));
            stored(message(1, "id-1", "key-1"), message(2, "id-8", "key-2"), message(3, "id-9", "key-3"));

            assertThat(Damage.check(operations).counts())
                    .isEqualTo(
                            status == Operation.Status.REJECTED
                                    ? Map.of()
                                    : Map.of(Violation.UNFINISHED, 1L, Violation.LOST, 1L));
        }
    }

    /** G6: who sends again is told again, in the room or not; the replay is something else. */
    @Test
    void onesOwnMessageMayComeSeveralTimesBeforeOneIsInTheRoomAndOnceAfterwards() {
        operations.add(new Operation.Closed(at(), 1006));
        connection++;
        operations.add(new Operation.Connected(at(), USER, "gateway", "first"));
        operations.add(new Operation.Joining(at(), ROOM, 2));
        for (int i = 0; i < 4; i++) {
            shown(3, "id-3", "key-3");
        }
        operations.add(new Operation.Joined(at(), ROOM, 3, Operation.Begin.RECOVERED, 0));
        Shown[] all = {message(1, "id-1", "key-1"), message(2, "id-2", "key-2"), message(3, "id-3", "key-3")};
        List<Operation> before = List.copyOf(operations);
        stored(all);
        assertThat(Damage.check(operations).report()).contains("Everything held");

        operations.clear();
        operations.addAll(before);
        shown(3, "id-3", "key-3");
        stored(all);
        assertThat(Damage.check(operations).counts()).isEqualTo(Map.of(Violation.DUPLICATE, 1L));
    }
}
