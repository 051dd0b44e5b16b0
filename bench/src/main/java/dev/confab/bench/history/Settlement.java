package dev.confab.bench.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Compares what was sent and answered with what is stored in the end. */
final class Settlement {

    private final Ledger ledger;
    private final Findings findings;
    private final Tally tally;
    private final Set<String> unreadRooms = new HashSet<>();
    private final Map<String, Integer> acceptedChanges = new HashMap<>();

    Settlement(Ledger ledger, Findings findings, Tally tally) {
        this.ledger = ledger;
        this.findings = findings;
        this.tally = tally;
    }

    void settle() {
        for (SentCommand command : ledger.commands()) {
            if (command.message == null) {
                tally.sends++;
                tally.accepted += command.accepted ? 1 : 0;
                settleSend(command);
            } else {
                settleChange(command);
            }
        }
        for (StoredRoom room : ledger.rooms()) {
            for (StoredRoom.Entry entry : room.entries()) {
                settleStored(room, entry);
            }
        }
    }

    private void settleSend(SentCommand sent) {
        StoredRoom room = ledger.stored(sent.room);
        if (room == null || !room.isRead()) {
            if (sent.accepted && unreadRooms.add(sent.room)) {
                findings.add(
                        Violation.UNPROVED,
                        sent.line,
                        sent.anchor(),
                        String.format(
                                "the final history of room %s was not read, and %s was accepted there",
                                sent.room, sent));
            }
            return;
        }
        StoredRoom.Entry stored = room.named(sent.user, sent.key);
        if (stored == null) {
            settleMissing(sent);
        } else {
            settleFound(sent, stored);
        }
        if (sent.accepted && !sent.isFinished()) {
            findings.add(
                    Violation.UNFINISHED,
                    sent.line,
                    sent.anchor(),
                    String.format(
                            "%s was accepted, and %s",
                            sent,
                            sent.outcome == null ? "nothing says what became of it" : "/outcomes does not know it"));
        }
    }

    private void settleMissing(SentCommand sent) {
        boolean saidStored =
                sent.persisted != null || (sent.outcome != null && sent.outcome.status() == Operation.Status.PERSISTED);
        if (saidStored || (sent.accepted && !sent.mayBeMissing())) {
            findings.add(
                    Violation.LOST,
                    sent.line,
                    sent.anchor(),
                    String.format(
                            "%s of %s was %s and is not in the history of room %s",
                            sent, sent.user, saidStored ? "told to be stored" : "accepted", sent.room));
        }
    }

    private void settleFound(SentCommand sent, StoredRoom.Entry stored) {
        Shown shown = stored.shown();
        if (sent.isCertainlyNotStored()) {
            findings.add(
                    Violation.PHANTOM,
                    stored.line(),
                    sent.anchor(),
                    String.format("%s failed for certain and is stored at place %d", sent, shown.seq()));
        }
        Operation.Outcome outcome = sent.outcome;
        if (outcome != null) {
            boolean agrees = switch (outcome.status()) {
                case PERSISTED -> outcome.seq() == shown.seq() && shown.id().equals(outcome.id());
                case REJECTED, PARKED -> false;
                case UNKNOWN -> sent.accepted; // then it counts as unfinished
            };
            if (!agrees) {
                findings.add(
                        Violation.DIVERGED,
                        stored.line(),
                        sent.anchor(),
                        String.format(
                                "/outcomes says of %s: %s, id %s, seq %d; it is stored as %s",
                                sent, outcome.status(), outcome.id(), outcome.seq(), shown));
            }
        }
        Operation.Persisted told = sent.persisted;
        if (told != null && (told.seq() != shown.seq() || !told.id().equals(shown.id()))) {
            findings.add(
                    Violation.DIVERGED,
                    stored.line(),
                    sent.anchor(),
                    String.format(
                            "the sender of %s was told seq %d id %s; it is stored as %s",
                            sent, told.seq(), told.id(), shown));
        }
        if (sent.rejection != null && !sent.rejection.equals(Operation.Rejected.PARKED)) {
            findings.add(
                    Violation.DIVERGED,
                    stored.line(),
                    sent.anchor(),
                    String.format(
                            "the sender of %s was told that it was rejected (%s); it is stored as %s",
                            sent, sent.rejection, shown));
        }
    }

    /** Which of several changes an event is cannot be told, so they are counted; after a deletion none need be there. */
    private void settleChange(SentCommand change) {
        StoredRoom room = ledger.stored(change.room);
        String id = change.message;
        if (id == null || room == null || !room.isRead() || !change.accepted) {
            return;
        }
        if (change.outcome != null && !change.isFinished()) {
            findings.add(
                    Violation.UNFINISHED,
                    change.line,
                    change.anchor(),
                    String.format("%s was accepted, and /outcomes does not know it", change));
        }
        if (change.mayBeMissing()) {
            return;
        }
        int due = acceptedChanges.merge(id, 1, Integer::sum);
        if (due > room.changesOf(id) && !room.isDeleted(id)) {
            findings.add(
                    Violation.LOST,
                    change.line,
                    change.anchor(),
                    String.format(
                            "%s of message %s was accepted, and the history has %d changes of it where %d are due",
                            change, id, room.changesOf(id), due));
        }
    }

    private void settleStored(StoredRoom room, StoredRoom.Entry entry) {
        Shown shown = entry.shown();
        if (shown.isSystem()) {
            return;
        }
        Anchor anchor = Anchor.ofStored(shown.room(), shown.seq(), shown.seq());
        if (shown.what() != Shown.What.NEW) {
            tally.changes++;
            int sent = ledger.changesSent(shown.id());
            if (room.changesOf(shown.id()) > sent) {
                findings.add(
                        Violation.PHANTOM,
                        entry.line(),
                        anchor,
                        String.format(
                                "message %s was changed %d times and %d changes were sent",
                                shown.id(), room.changesOf(shown.id()), sent));
            }
            return;
        }
        tally.stored++;
        SentCommand sent =
                shown.sender() == null || shown.key() == null ? null : ledger.sent(shown.sender(), shown.key());
        if (sent == null || !sent.room.equals(shown.room())) {
            findings.add(
                    Violation.PHANTOM,
                    entry.line(),
                    anchor,
                    String.format("nobody sent what is stored in room %s: %s", shown.room(), shown));
        } else if (!ledger.mayBe(shown)) {
            findings.add(
                    Violation.PHANTOM,
                    entry.line(),
                    sent.anchor(),
                    String.format("%s is stored with another content than it was sent with: %s", sent, shown));
        }
    }
}
