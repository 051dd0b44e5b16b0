package dev.confab.bench.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations that a finding is about: the first of them, the last before it shows, and some after. */
final class Story {

    private final Findings.Open finding;
    private final int most;
    private final List<String> first = new ArrayList<>();
    private final Deque<String> before = new ArrayDeque<>();
    private final List<String> after = new ArrayList<>();
    private @Nullable String fault;
    private long left;

    Story(Findings.Open finding, int most) {
        this.finding = finding;
        this.most = most;
    }

    void take(long line, Operation operation) {
        if (operation instanceof Operation.Fault && line <= finding.line()) {
            fault = describe(line, operation);
        }
        if (!finding.anchor().isAbout(operation)) {
            return;
        }
        String text = describe(line, operation);
        if (first.size() < most / 4) {
            first.add(text);
        } else if (line <= finding.line()) {
            before.add(text);
            if (before.size() > most / 2) {
                String unused = before.remove();
                left++;
            }
        } else if (after.size() < most / 4) {
            after.add(text);
        } else {
            left++;
        }
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (fault != null) {
            lines.add(fault);
        }
        lines.addAll(first);
        lines.addAll(before);
        lines.addAll(after);
        if (left > 0) {
            lines.add("(" + left + " more)");
        }
        return lines;
    }

    private static String describe(long line, Operation operation) {
        Operation.At at = operation.at();
        String who = at.client() == Operation.At.NOBODY ? "" : " client " + at.client() + "/" + at.connection();
        return String.format("line %d, %.3f s%s: %s", line, at.nanos() / 1e9, who, what(operation));
    }

    private static String what(Operation operation) {
        return switch (operation) {
            case Operation.Connected it -> "connected to " + it.server() + " as " + it.user();
            case Operation.Joining it ->
                it.lastSeq() == Operation.Joining.NONE ? "joins from now" : "joins after " + it.lastSeq();
            case Operation.Joined it -> "is in, " + it.begin() + ", the room stands at " + it.head();
            case Operation.NotJoined it -> "is not let in: " + it.code();
            case Operation.Left it -> "is out of the room";
            case Operation.Sent it -> "sends " + it.key() + " with content " + it.content();
            case Operation.Changing it -> "changes " + it.message() + " by " + it.key();
            case Operation.Accepted it -> "accepted " + it.key();
            case Operation.Failed it -> "failed " + it.key() + ": " + it.code();
            case Operation.Persisted it -> "is told that " + it.key() + " is stored at " + it.seq();
            case Operation.Rejected it -> "rejected " + it.key() + ": " + it.code();
            case Operation.Received it -> "is shown " + it.shown();
            case Operation.Fetched it -> "fetches " + it.shown();
            case Operation.RoomHead it -> "is too slow, the room stands at " + it.seq();
            case Operation.Closed it -> "closed with " + it.code();
            case Operation.Until it -> "must have had everything up to " + it.seq();
            case Operation.Outcome it -> "/outcomes says of " + it.key() + ": " + it.status() + " " + it.seq();
            case Operation.Stored it -> "stored is " + it.shown();
            case Operation.HistoryRead it -> "the history ends at " + it.head();
            case Operation.Fault it -> "FAULT " + it.what();
        };
    }
}
