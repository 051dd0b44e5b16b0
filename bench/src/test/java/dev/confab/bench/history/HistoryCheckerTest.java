package dev.confab.bench.history;

import static dev.confab.bench.history.Forgery.eachFinds;
import static dev.confab.bench.history.Forgery.isPlainStored;
import static dev.confab.bench.history.Forgery.moved;
import static dev.confab.bench.history.Forgery.shownAt;
import static dev.confab.bench.history.Forgery.withContent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bench.history.Shown.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What was kept is found to be kept; what is made up, differs or cannot be told is found as that. */
class HistoryCheckerTest {

    @Test
    void whatWasKeptIsFoundToBeKept() {
        Tally all = new Tally();
        for (long seed = 0; seed < 300; seed++) {
            Verdict verdict = Damage.check(FaithfulRun.of(seed));
            assertThat(verdict.report()).as("seed %d", seed).contains("Everything held");
            assertThat(verdict.tally().delivered()).isEqualTo(verdict.tally().expected());
            all.gaps += verdict.tally().gaps;
            all.resets += verdict.tally().resets;
            all.roomHeads += verdict.tally().roomHeads;
            all.unknown += verdict.tally().unknown;
            all.rejected += verdict.tally().rejected;
            all.faults += verdict.tally().faults;
        }
        assertThat(List.of(all.gaps, all.resets, all.roomHeads, all.unknown, all.rejected, all.faults))
                .as("all that may happen did happen")
                .allSatisfy(count -> assertThat(count).isGreaterThan(100));
    }

    @Test
    void whatNobodySentIsAPhantom() {
        eachFinds(Set.of(Violation.PHANTOM), damage -> {
            var place = damage.anywhere(i -> damage.is(i, Operation.HistoryRead.class));
            Operation.HistoryRead read = (Operation.HistoryRead) damage.at(place.orElseThrow());
            Shown made = new Shown(
                    What.NEW, read.room(), read.head() + 1, "id-zzz", "nobody's", "user-0", "TEXT", Fingerprint.of(""));
            damage.operations.add(place.getAsInt(), new Operation.Stored(read.at(), made));
            return true;
        });
    }

    @Test
    void anotherContentThanWasSentIsAPhantom() {
        eachFinds(Set.of(Violation.PHANTOM), damage -> {
            var place = damage.anywhere(i -> isPlainStored(damage, i));
            place.ifPresent(i -> {
                Shown shown = shownAt(damage, i);
                damage.replaceShown(
                        shown.room(), shown.seq(), each -> withContent(each, Fingerprint.of("something else")));
            });
            return place.isPresent();
        });
    }

    @Test
    void aStoredMessageThatHadFailedForCertainIsAPhantom() {
        eachFinds(Set.of(Violation.PHANTOM), damage -> {
            var place = damage.anywhere(i -> isPlainStored(damage, i));
            place.ifPresent(i -> {
                String key = shownAt(damage, i).key();
                damage.operations.removeIf(each -> each instanceof Operation.Outcome outcome
                        && outcome.key().equals(key));
                damage.operations.replaceAll(each -> each instanceof Operation.Accepted accepted
                                && accepted.key().equals(key)
                        ? new Operation.Failed(accepted.at(), accepted.key(), "unavailable")
                        : each);
            });
            return place.isPresent();
        });
    }

    @Test
    void theSameFailureIsNoPhantomWhereItSaysThatTheOutcomeIsUnknown() {
        eachFinds(Set.of(), damage -> {
            var place = damage.anywhere(i -> isPlainStored(damage, i));
            place.ifPresent(i -> {
                String key = shownAt(damage, i).key();
                damage.operations.replaceAll(each -> each instanceof Operation.Accepted accepted
                                && accepted.key().equals(key)
                        ? new Operation.Failed(accepted.at(), accepted.key(), Operation.Failed.OUTCOME_UNKNOWN)
                        : each);
            });
            return place.isPresent();
        });
    }

    @Test
    void aStoredMessageThatWasToldToBeRejectedDiverges() {
        eachFinds(Set.of(Violation.DIVERGED), damage -> {
            var place = damage.anywhere(i -> damage.at(i) instanceof Operation.Outcome outcome
                    && outcome.status() == Operation.Status.PERSISTED);
            place.ifPresent(i -> {
                Operation.Outcome it = (Operation.Outcome) damage.at(i);
                damage.operations.add(new Operation.Rejected(it.at(), it.room(), it.key(), "room-closed"));
            });
            return place.isPresent();
        });
    }

    @Test
    void anotherIdThanIsStoredDiverges() {
        oneShownAs(shown -> true, shown -> moved(shown, shown.seq(), "id-other"));
    }

    @Test
    void anotherSenderThanIsStoredDiverges() {
        oneShownAs(
                shown -> shown.key() != null,
                shown -> new Shown(
                        shown.what(),
                        shown.room(),
                        shown.seq(),
                        shown.id(),
                        shown.key(),
                        "user-9",
                        shown.type(),
                        shown.content()));
    }

    @Test
    void anotherContentThanIsStoredDiverges() {
        oneShownAs(shown -> shown.what() == What.NEW, shown -> withContent(shown, Fingerprint.of("never")));
    }

    private static void oneShownAs(Predicate<Shown> which, UnaryOperator<Shown> change) {
        eachFinds(Set.of(Violation.DIVERGED), damage -> {
            Set<Integer> live = damage.live();
            var place = damage.anywhere(i -> live.contains(i)
                    && damage.at(i) instanceof Operation.Received received
                    && which.test(received.shown()));
            place.ifPresent(i -> {
                Operation.Received it = (Operation.Received) damage.at(i);
                damage.operations.set(i, new Operation.Received(it.at(), change.apply(it.shown())));
            });
            return place.isPresent();
        });
    }

    @Test
    void aRoomWhoseHistoryWasNotReadIsUnproved() {
        eachFinds(Set.of(Violation.UNPROVED), damage -> {
            damage.operations.removeIf(each ->
                    each instanceof Operation.HistoryRead read && read.room().equals("room-a"));
            return true;
        });
    }

    @Test
    void aRunWhoseEndNobodySawIsUnproved() {
        eachFinds(Set.of(Violation.UNPROVED), damage -> damage.operations.removeIf(Operation.Until.class::isInstance));
    }

    @Test
    void aGapThatWasNeverFetchedIsUnproved() {
        eachFinds(Set.of(Violation.UNPROVED), damage -> {
            List<Operation> last = new ArrayList<>(damage.operations);
            var place = damage.anywhere(i -> damage.is(i, Operation.RoomHead.class)
                    && last.subList(i, last.size()).stream()
                            .noneMatch(each -> each instanceof Operation.Closed closed
                                    && closed.at().client() == last.get(i).at().client()
                                    && closed.code() != 1000));
            place.ifPresent(i -> {
                Operation.RoomHead head = (Operation.RoomHead) damage.at(i);
                List<Operation> rest = damage.operations.subList(i, damage.operations.size());
                rest.removeIf(each -> each instanceof Operation.Fetched fetched
                        && fetched.at().client() == head.at().client()
                        && fetched.shown().room().equals(head.room()));
            });
            return place.isPresent();
        });
    }

    @Test
    void aFindingTellsItsStory() {
        Damage damage = new Damage(1);
        int place = damage.anywhere(damage.live()::contains).orElseThrow();
        damage.operations.remove(place);

        assertThat(damage.check().report())
                .contains("SKIPPED (line ", "never came")
                .containsPattern("line \\d+, [0-9.]+ s client \\d+/\\d+: (is shown|is in|joins|connected)");
    }
}
