package dev.confab.bench.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The final history of one room, and whether it is in itself as it must be. */
final class StoredRoom {

    private final String room;
    private final Findings findings;
    private final Map<Long, Entry> bySeq = new HashMap<>();
    private final Map<String, Entry> byId = new HashMap<>();
    private final Map<Ledger.Name, Entry> byName = new HashMap<>();
    private final Map<String, Integer> changes = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final List<Entry> entries = new ArrayList<>();
    private long last;
    private @Nullable String lastId;

    /** Set when the history was read to its end. */
    private Operation.@Nullable HistoryRead read;

    /** An event and where it stands in the file. */
    record Entry(Shown shown, long line) {}

    StoredRoom(String room, Findings findings) {
        this.room = room;
        this.findings = findings;
    }

    void take(long line, Shown shown) {
        Entry entry = new Entry(shown, line);
        long seq = shown.seq();
        Anchor anchor = Anchor.ofStored(room, Math.min(seq, last), Math.max(seq, last));
        if (bySeq.putIfAbsent(seq, entry) != null) {
            findings.add(
                    Violation.DUPLICATE,
                    line,
                    anchor,
                    String.format("two events are stored at place %d of room %s", seq, room));
            return;
        }
        entries.add(entry);
        if (seq < last) {
            findings.add(
                    Violation.REORDERED,
                    line,
                    anchor,
                    String.format("the history of room %s has place %d after %d", room, seq, last));
        } else if (seq > last + 1) {
            findings.add(
                    Violation.SKIPPED,
                    line,
                    anchor,
                    String.format("the history of room %s has no places %d to %d", room, last + 1, seq - 1));
        }
        last = Math.max(last, seq);
        if (shown.what() == Shown.What.NEW) {
            born(entry, anchor);
        } else {
            changed(entry, anchor);
        }
    }

    private void born(Entry entry, Anchor anchor) {
        Shown shown = entry.shown();
        if (byId.putIfAbsent(shown.id(), entry) != null) {
            findings.add(Violation.DUPLICATE, entry.line(), anchor, String.format("id %s is stored twice", shown.id()));
        } else if (lastId != null && shown.id().compareTo(lastId) <= 0) {
            findings.add(
                    Violation.REORDERED,
                    entry.line(),
                    anchor,
                    String.format("at place %d id %s does not rise above %s", shown.seq(), shown.id(), lastId));
        }
        lastId = shown.id();
        if (shown.key() != null && shown.sender() != null) {
            Entry first = byName.putIfAbsent(new Ledger.Name(shown.sender(), shown.key()), entry);
            if (first != null) {
                findings.add(
                        Violation.DUPLICATE,
                        entry.line(),
                        Anchor.ofSend(room, shown.key()),
                        String.format(
                                "message %s is stored at place %d and again at %d of room %s",
                                shown.key(), first.shown().seq(), shown.seq(), room));
            }
        }
    }

    private void changed(Entry entry, Anchor anchor) {
        Shown shown = entry.shown();
        changes.merge(shown.id(), 1, Integer::sum);
        if (shown.what() == Shown.What.DELETED) {
            deleted.add(shown.id());
        }
        if (!byId.containsKey(shown.id())) {
            findings.add(
                    Violation.PHANTOM,
                    entry.line(),
                    anchor,
                    String.format(
                            "place %d of room %s changes message %s, which is not stored before it",
                            shown.seq(), room, shown.id()));
        }
    }

    void readToTheEnd(long line, Operation.HistoryRead how) {
        read = how;
        if (how.head() > last) {
            findings.add(
                    Violation.SKIPPED,
                    line,
                    Anchor.ofStored(room, last + 1, how.head()),
                    String.format("room %s stands at %d and its history ends with %d", room, how.head(), last));
        }
    }

    boolean isRead() {
        return read != null;
    }

    /** Whether who saw the store in this life saw what is stored now; a restored store gives new ids. */
    boolean isOfLife(String epoch) {
        return read == null
                || read.epoch().isEmpty()
                || epoch.isEmpty()
                || read.epoch().equals(epoch);
    }

    List<Entry> entries() {
        return entries;
    }

    @Nullable
    Entry at(long seq) {
        return bySeq.get(seq);
    }

    @Nullable
    Entry named(String user, String key) {
        return byName.get(new Ledger.Name(user, key));
    }

    @Nullable
    Entry message(String id) {
        return byId.get(id);
    }

    int changesOf(String id) {
        return changes.getOrDefault(id, 0);
    }

    boolean isDeleted(String id) {
        return deleted.contains(id);
    }
}
