package dev.confab.bench.history;

import static dev.confab.bench.history.Forgery.anyFinds;
import static dev.confab.bench.history.Forgery.eachFinds;
import static dev.confab.bench.history.Forgery.isPlainStored;
import static dev.confab.bench.history.Forgery.moved;
import static dev.confab.bench.history.Forgery.shownAt;

import dev.confab.bench.history.Shown.What;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was lost, doubled, reordered, skipped or left unfinished is found as that, and as nothing else. */
class ForgedHistoryTest {

    @Test
    void acceptedAndNotStoredIsLost() {
        eachFinds(Set.of(Violation.LOST), damage -> {
            Operation.At at = damage.at(0).at();
            damage.operations.add(1, new Operation.Sent(at, "room-a", "lost", Fingerprint.of("lost")));
            damage.operations.add(2, new Operation.Accepted(at, "lost"));
            damage.operations.add(
                    new Operation.Outcome(at, "room-a", "lost", Operation.Status.PERSISTED, "id-x", 7, null));
            return true;
        });
    }

    @Test
    void anAcceptedChangeThatIsNotStoredIsLost() {
        eachFinds(Set.of(Violation.LOST), damage -> {
            var place = damage.anywhere(i -> isPlainStored(damage, i));
            if (place.isEmpty()) {
                return false;
            }
            Shown shown = shownAt(damage, place.getAsInt());
            Operation.At at = damage.at(0).at();
            damage.operations.add(new Operation.Changing(at, shown.room(), "edit-x", shown.id(), "0"));
            damage.operations.add(new Operation.Accepted(at, "edit-x"));
            return true;
        });
    }

    @Test
    void acceptedWithoutAnOutcomeIsUnfinished() {
        eachFinds(Set.of(Violation.UNFINISHED, Violation.LOST), damage -> {
            Operation.At at = damage.at(0).at();
            damage.operations.add(1, new Operation.Sent(at, "room-a", "open", Fingerprint.of("open")));
            damage.operations.add(2, new Operation.Accepted(at, "open"));
            return true;
        });
    }

    @Test
    void anAcceptedMessageThatOutcomesDoesNotKnowIsUnfinished() {
        eachFinds(Set.of(Violation.UNFINISHED), damage -> {
            var place = damage.anywhere(i -> damage.at(i) instanceof Operation.Outcome outcome
                    && outcome.status() == Operation.Status.PERSISTED);
            place.ifPresent(i -> {
                Operation.Outcome it = (Operation.Outcome) damage.at(i);
                damage.operations.set(
                        i,
                        new Operation.Outcome(it.at(), it.room(), it.key(), Operation.Status.UNKNOWN, null, 0, null));
            });
            return place.isPresent();
        });
    }

    @Test
    void anEventThatComesTwiceLiveIsADuplicate() {
        eachFinds(Set.of(Violation.DUPLICATE), damage -> {
            var place = damage.anywhere(damage.live()::contains);
            place.ifPresent(i -> damage.operations.add(i + 1, damage.at(i)));
            return place.isPresent();
        });
    }

    @Test
    void anEventOfBeforeThatComesAgainInAReplayIsADuplicate() {
        eachFinds(Set.of(Violation.DUPLICATE), damage -> {
            var place = damage.anywhere(i -> damage.at(i) instanceof Operation.Joined joined
                    && joined.begin() == Operation.Begin.RECOVERED
                    && before(damage, i, joined) != null);
            place.ifPresent(i -> {
                Operation.Joined joined = (Operation.Joined) damage.at(i);
                Shown shown = before(damage, i, joined);
                if (shown != null) {
                    damage.operations.add(i, new Operation.Received(joined.at(), shown));
                }
            });
            return place.isPresent();
        });
    }

    /** What the client had had before it joined: somebody else's message at the place it resumes from. */
    private static @Nullable Shown before(Damage damage, int index, Operation.Joined joined) {
        long lastSeq = damage.operations.subList(0, index).reversed().stream()
                .filter(each -> each instanceof Operation.Joining joining
                        && joining.at().client() == joined.at().client()
                        && joining.room().equals(joined.room()))
                .findFirst()
                .map(each -> ((Operation.Joining) each).lastSeq())
                .orElse(0L);
        return damage.operations.stream()
                .filter(each -> each instanceof Operation.Stored stored
                        && stored.shown().room().equals(joined.room())
                        && stored.shown().seq() == lastSeq
                        && stored.shown().what() == What.NEW
                        && !("user-" + joined.at().client())
                                .equals(stored.shown().sender()))
                .findFirst()
                .map(each -> ((Operation.Stored) each).shown())
                .orElse(null);
    }

    @Test
    void aMessageThatIsStoredTwiceIsADuplicate() {
        eachFinds(Set.of(Violation.DUPLICATE), damage -> {
            var place = damage.anywhere(i -> damage.is(i, Operation.HistoryRead.class));
            var first = damage.anywhere(i -> isPlainStored(damage, i)
                    && shownAt(damage, i)
                            .room()
                            .equals(((Operation.HistoryRead) damage.at(place.orElseThrow())).room()));
            if (first.isEmpty()) {
                return false;
            }
            Operation.HistoryRead read = (Operation.HistoryRead) damage.at(place.getAsInt());
            Shown shown = shownAt(damage, first.getAsInt());
            damage.operations.add(
                    place.getAsInt(), new Operation.Stored(read.at(), moved(shown, read.head() + 1, "id-zzz")));
            return true;
        });
    }

    @Test
    void neighboursThatCameInTheWrongOrderAreReordered() {
        eachFinds(Set.of(Violation.REORDERED), damage -> {
            Set<Integer> live = damage.live();
            var place = damage.anywhere(i -> live.contains(i)
                    && live.contains(i + 1)
                    && damage.at(i) instanceof Operation.Received first
                    && damage.at(i + 1) instanceof Operation.Received second
                    && first.at().client() == second.at().client()
                    && first.shown().room().equals(second.shown().room()));
            place.ifPresent(i -> {
                Operation first = damage.at(i);
                damage.operations.set(i, damage.at(i + 1));
                damage.operations.set(i + 1, first);
            });
            return place.isPresent();
        });
    }

    @Test
    void idsThatDoNotRiseAreReordered() {
        eachFinds(Set.of(Violation.REORDERED), damage -> {
            var place = damage.anywhere(
                    i -> isPlainStored(damage, i) && shownAt(damage, i).seq() > 2);
            place.ifPresent(i -> {
                Shown shown = shownAt(damage, i);
                damage.replaceShown(shown.room(), shown.seq(), each -> moved(each, each.seq(), "id-"));
                damage.operations.removeIf(each -> each instanceof Operation.Outcome outcome
                        && outcome.key().equals(shown.key()));
                Operation.At at = damage.at(0).at();
                String user = shown.sender();
                int client = Integer.parseInt(user == null ? "0" : user.substring("user-".length()));
                damage.operations.add(new Operation.Outcome(
                        new Operation.At(0, 0, client, at.connection()),
                        shown.room(),
                        String.valueOf(shown.key()),
                        Operation.Status.PERSISTED,
                        "id-",
                        shown.seq(),
                        null));
            });
            return place.isPresent();
        });
    }

    @Test
    void anEventThatNeverCameIsSkipped() {
        eachFinds(Set.of(Violation.SKIPPED), damage -> {
            var place = damage.anywhere(damage.live()::contains);
            place.ifPresent(i -> damage.operations.remove(i));
            return place.isPresent();
        });
    }

    @Test
    void whatWasNotPushedWithoutAWordIsSkipped() {
        eachFinds(Set.of(Violation.SKIPPED), damage -> {
            var place = damage.anywhere(i -> damage.is(i, Operation.RoomHead.class));
            place.ifPresent(i -> {
                int client = damage.at(i).at().client();
                damage.operations.remove(i);
                while (damage.at(i) instanceof Operation.Fetched fetched
                        && fetched.at().client() == client) {
                    damage.operations.remove(i);
                }
            });
            return place.isPresent();
        });
    }

    @Test
    void aHoleInWhatWasFetchedIsSkipped() {
        eachFinds(Set.of(Violation.SKIPPED), damage -> {
            var place = damage.anywhere(i -> damage.is(i, Operation.Fetched.class)
                    && damage.is(i + 1, Operation.Fetched.class)
                    && damage.at(i).at().client() == damage.at(i + 1).at().client());
            place.ifPresent(i -> damage.operations.remove(i));
            return place.isPresent();
        });
    }

    @Test
    void aHoleInTheHistoryIsSkipped() {
        anyFinds(Violation.SKIPPED, damage -> {
            var place = damage.anywhere(i -> damage.is(i, Operation.Stored.class));
            place.ifPresent(i -> damage.operations.remove(i));
            return place.isPresent();
        });
    }
}
