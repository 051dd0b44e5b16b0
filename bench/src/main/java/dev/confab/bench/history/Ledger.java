package dev.confab.bench.history;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first reading of a history: what was sent, what was answered, what is stored in the end. */
final class Ledger implements HistorySource.Reader {

    /** Who sent it and how it was called. */
    record Name(String user, String key) {}

    private final Findings findings;
    private final Tally tally;
    private final Map<Integer, String> users = new HashMap<>();
    private final Map<Name, SentCommand> commands = new LinkedHashMap<>();
    private final Map<String, StoredRoom> rooms = new LinkedHashMap<>();
    private final Map<String, Set<String>> contentsOfChanges = new HashMap<>();
    private final Map<String, Integer> changes = new HashMap<>();
    private boolean ended;

    Ledger(Findings findings, Tally tally) {
        this.findings = findings;
        this.tally = tally;
    }

    @Override
    public void take(long line, Operation operation) {
        tally.operations++;
        int client = operation.at().client();
        switch (operation) {
            case Operation.Connected it -> {
                tally.connections++;
                users.put(client, it.user());
            }
            case Operation.Sent it -> {
                tally.sent++;
                SentCommand sent = command(line, client, it.room(), it.key(), null);
                sent.contents.add(it.content());
                sent.attempts++;
            }
            case Operation.Changing it -> {
                SentCommand sent = command(line, client, it.room(), it.key(), it.message());
                sent.contents.add(SentCommand.orNone(it.content()));
                if (sent.attempts++ == 0) {
                    changes.merge(it.message(), 1, Integer::sum);
                }
                contentsOfChanges
                        .computeIfAbsent(it.message(), id -> new HashSet<>())
                        .add(SentCommand.orNone(it.content()));
            }
            case Operation.Accepted it -> {
                SentCommand sent = answered(line, client, it.key(), "accepted");
                if (sent != null) {
                    sent.accepted = true;
                }
            }
            case Operation.Failed it -> {
                SentCommand sent = answered(line, client, it.key(), "failed");
                if (it.code().equals(Operation.Failed.OUTCOME_UNKNOWN)) {
                    tally.unknown++;
                } else if (sent != null) {
                    tally.failed++;
                    sent.certainFailures++;
                }
            }
            case Operation.Persisted it -> {
                SentCommand sent = answered(line, client, it.key(), "persisted");
                if (sent != null) {
                    sent.accepted = true;
                    sent.persisted = it;
                }
            }
            case Operation.Rejected it -> {
                // Told to all sessions of the sender, also to one that did not send it.
                SentCommand sent = commands.get(new Name(user(client), it.key()));
                if (sent != null && sent.rejection == null) {
                    tally.rejected++;
                    sent.rejection = it.code();
                }
            }
            case Operation.Outcome it -> {
                SentCommand sent = answered(line, client, it.key(), "asked for");
                if (sent != null) {
                    sent.outcome = it;
                }
            }
            case Operation.Received it -> seen(client, it.shown());
            case Operation.Fetched it -> seen(client, it.shown());
            case Operation.Stored it -> room(it.shown().room()).take(line, it.shown());
            case Operation.HistoryRead it -> room(it.room()).readToTheEnd(line, it);
            case Operation.Fault it -> tally.faults++;
            case Operation.Until it -> ended = true;
            default -> {}
        }
    }

    private SentCommand command(long line, int client, String room, String key, @Nullable String message) {
        Name name = new Name(user(client), key);
        return commands.computeIfAbsent(name, n -> new SentCommand(n.user(), room, key, message, line));
    }

    private @Nullable SentCommand answered(long line, int client, String key, String how) {
        SentCommand sent = commands.get(new Name(user(client), key));
        if (sent == null) {
            findings.add(
                    Violation.PHANTOM,
                    line,
                    Anchor.ofSend("", key),
                    String.format("%s was %s and client %d never sent it", key, how, client));
        }
        return sent;
    }

    private void seen(int client, Shown shown) {
        if (shown.key() != null && shown.sender() != null && shown.sender().equals(users.get(client))) {
            SentCommand sent = commands.get(new Name(shown.sender(), shown.key()));
            if (sent != null) {
                sent.seenBySender = true;
            }
        }
    }

    private StoredRoom room(String id) {
        return rooms.computeIfAbsent(id, room -> new StoredRoom(room, findings));
    }

    String user(int client) {
        return users.getOrDefault(client, "client " + client);
    }

    int clients() {
        return users.size();
    }

    Collection<SentCommand> commands() {
        return commands.values();
    }

    Collection<StoredRoom> rooms() {
        return rooms.values();
    }

    @Nullable
    StoredRoom stored(String room) {
        return rooms.get(room);
    }

    @Nullable
    SentCommand sent(String user, String key) {
        return commands.get(new Name(user, key));
    }

    /** How many different changes of a message were sent. */
    int changesSent(String message) {
        return changes.getOrDefault(message, 0);
    }

    /** Whether a message may have this content: it was sent with it, or changed to it. */
    boolean mayBe(Shown shown) {
        String content = SentCommand.orNone(shown.content());
        SentCommand sent = shown.sender() == null || shown.key() == null ? null : sent(shown.sender(), shown.key());
        return (sent != null && sent.contents.contains(content))
                || contentsOfChanges.getOrDefault(shown.id(), Set.of()).contains(content);
    }

    /** Whether anybody said up to where readers had to get. */
    boolean isEnded() {
        return ended;
    }
}
