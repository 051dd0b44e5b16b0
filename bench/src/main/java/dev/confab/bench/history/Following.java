package dev.confab.bench.history;

import java.util.HashMap;
import java.util.Map;

/** The second reading of a history: what each client was shown, against the order and against what is stored. */
final class Following implements HistorySource.Reader {

    private final Ledger ledger;
    private final Findings findings;
    private final Tally tally;
    private final Map<Integer, Client> clients = new HashMap<>();

    Following(Ledger ledger, Findings findings, Tally tally) {
        this.ledger = ledger;
        this.findings = findings;
        this.tally = tally;
    }

    private static final class Client {
        String epoch = "";
        final Map<String, Stay> stays = new HashMap<>();
        final Map<String, Progress> progress = new HashMap<>();
    }

    @Override
    public void take(long line, Operation operation) {
        int number = operation.at().client();
        if (number == Operation.At.NOBODY) {
            return;
        }
        Client client = clients.computeIfAbsent(number, n -> new Client());
        switch (operation) {
            case Operation.Connected it -> {
                end(line, client);
                client.epoch = it.epoch();
            }
            case Operation.Closed it -> end(line, client);
            case Operation.Joining it -> joining(line, number, client, it);
            case Operation.Joined it -> joined(line, client, stay(number, client, it.room()), it);
            case Operation.NotJoined it -> stay(number, client, it.room()).notJoined();
            case Operation.Left it -> stay(number, client, it.room()).left(line);
            case Operation.Received it -> {
                tally.received++;
                Shown shown = it.shown();
                boolean own =
                        shown.what() != Shown.What.NEW || ledger.user(number).equals(shown.sender());
                stay(number, client, shown.room()).received(line, shown.seq(), own);
                progress(client, shown.room()).had(shown.seq());
                compare(line, number, client, shown);
            }
            case Operation.Fetched it -> fetched(line, number, client, it.shown());
            case Operation.RoomHead it -> {
                tally.roomHeads++;
                Stay stay = stay(number, client, it.room());
                if (stay.isLive() && stay.last() < it.seq()) {
                    progress(client, it.room()).owe(stay.last() + 1, it.seq());
                }
                stay.skipTo(it.seq());
            }
            case Operation.Until it -> until(line, number, client, it);
            default -> {}
        }
    }

    private void joining(long line, int number, Client client, Operation.Joining it) {
        tally.joins++;
        stay(number, client, it.room()).joining(it);
        long lastSeq = it.lastSeq();
        if (lastSeq == Operation.Joining.NONE) {
            return;
        }
        tally.resumes++;
        Progress progress = progress(client, it.room());
        progress.beginAfter(lastSeq);
        long missing = progress.claim(lastSeq);
        if (missing != 0) {
            wrong(
                    number,
                    it.room(),
                    Violation.SKIPPED,
                    line,
                    missing,
                    lastSeq,
                    "resumes after " + lastSeq + " and was never shown " + missing);
        }
    }

    private void joined(long line, Client client, Stay stay, Operation.Joined it) {
        stay.joined(line, it);
        Progress progress = progress(client, it.room());
        progress.beginAfter(it.head());
        switch (it.begin()) {
            case LIVE -> progress.excuseUntil(it.head());
            case RECOVERED -> {}
            case GAP -> {
                tally.gaps++;
                progress.owe(it.gapFrom(), it.head());
            }
            case RESET -> {
                tally.resets++;
                progress.startOver(it.head());
            }
        }
    }

    private void fetched(long line, int number, Client client, Shown shown) {
        tally.fetched++;
        Progress progress = progress(client, shown.room());
        long due = progress.fetched(shown.seq());
        if (due != 0) {
            wrong(
                    number,
                    shown.room(),
                    Violation.SKIPPED,
                    line,
                    due,
                    shown.seq() - 1,
                    "place " + due + " was due of what was fetched, " + shown.seq() + " came");
        }
        progress.had(shown.seq());
        compare(line, number, client, shown);
    }

    private void until(long line, int number, Client client, Operation.Until it) {
        Stay stay = stay(number, client, it.room());
        Progress progress = progress(client, it.room());
        if (!stay.isLive()) {
            wrong(
                    number,
                    it.room(),
                    Violation.UNPROVED,
                    line,
                    it.seq(),
                    it.seq(),
                    "was not in the room at the end, so nobody can tell whether the rest would have come");
        } else if (progress.owes()) {
            wrong(
                    number,
                    it.room(),
                    Violation.UNPROVED,
                    line,
                    progress.owed(),
                    progress.owedTo(),
                    "was told of a gap and never fetched it");
        } else {
            stay.mustHave(line, it.seq());
        }
        progress.expectUntil(it.seq());
    }

    /** Against the final history; what is compared to a store of another life is at least something that was sent. */
    private void compare(long line, int number, Client client, Shown shown) {
        StoredRoom room = ledger.stored(shown.room());
        boolean comparable = room != null && room.isRead() && room.isOfLife(client.epoch);
        StoredRoom.Entry entry = room == null || !comparable ? null : room.at(shown.seq());
        if (entry == null) {
            boolean known = shown.isSystem()
                    || (shown.sender() != null
                            && shown.key() != null
                            && ledger.sent(shown.sender(), shown.key()) != null);
            if (!known || comparable) {
                wrong(
                        number,
                        shown.room(),
                        known ? Violation.DIVERGED : Violation.PHANTOM,
                        line,
                        shown.seq(),
                        shown.seq(),
                        "was shown what " + (known ? "is not stored: " : "nobody sent: ") + shown);
            }
            return;
        }
        Shown stored = entry.shown();
        boolean changed = room != null && room.changesOf(stored.id()) > 0;
        boolean sameContent = changed
                ? ledger.mayBe(shown)
                : SentCommand.orNone(shown.content()).equals(SentCommand.orNone(stored.content()));
        if (!sameContent || !named(shown).equals(named(stored))) {
            wrong(
                    number,
                    shown.room(),
                    Violation.DIVERGED,
                    line,
                    shown.seq(),
                    shown.seq(),
                    "was shown " + shown + "; stored is " + stored);
        }
    }

    /** All of it but the content. */
    private static Shown named(Shown shown) {
        return new Shown(
                shown.what(), shown.room(), shown.seq(), shown.id(), shown.key(), shown.sender(), shown.type(), null);
    }

    private static void end(long line, Client client) {
        client.stays.values().forEach(stay -> stay.tellMissing(line));
        client.stays.clear();
    }

    private Progress progress(Client client, String room) {
        return client.progress.computeIfAbsent(room, r -> new Progress(tally));
    }

    private Stay stay(int number, Client client, String room) {
        return client.stays.computeIfAbsent(
                room,
                r -> new Stay((violation, line, from, to, text) -> wrong(number, r, violation, line, from, to, text)));
    }

    private void wrong(int number, String room, Violation violation, long line, long from, long to, String text) {
        findings.add(
                violation,
                line,
                Anchor.ofReader(number, room, from, to),
                String.format("client %d in room %s: %s", number, room, text));
    }
}
