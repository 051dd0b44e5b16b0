package dev.confab.bench.history;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message, an edit or a deletion that a client sent, once or more often, and all that was said of it. */
final class SentCommand {

    /** Stands for the content of what was deleted. */
    static final String NO_CONTENT = "-";

    final String user;
    final String room;
    final String key;
    /** The message that is changed; null for a new one. */
    final @Nullable String message;
    /** Where it was sent first. */
    final long line;

    final Set<String> contents = new HashSet<>();
    int attempts;
    /** Attempts that failed with a code that says that it is not stored. */
    int certainFailures;

    boolean accepted;
    /** Why it was refused after it was accepted; null when nobody said so. */
    @Nullable
    String rejection;
    /** Whether its sender was shown it in the timeline. */
    boolean seenBySender;

    Operation.@Nullable Persisted persisted;
    Operation.@Nullable Outcome outcome;

    SentCommand(String user, String room, String key, @Nullable String message, long line) {
        this.user = user;
        this.room = room;
        this.key = key;
        this.message = message;
        this.line = line;
    }

    static String orNone(@Nullable String content) {
        return content == null ? NO_CONTENT : content;
    }

    /** Whether it can be in no history: every attempt was refused for certain. */
    boolean isCertainlyNotStored() {
        return attempts > 0 && certainFailures >= attempts && !accepted;
    }

    /** Whether it may be missing from the history although it was accepted. */
    boolean mayBeMissing() {
        return rejection != null
                || (outcome != null
                        && (outcome.status() == Operation.Status.REJECTED
                                || outcome.status() == Operation.Status.PARKED));
    }

    /** Whether somebody said what became of it. */
    boolean isFinished() {
        if (outcome != null) {
            return outcome.status() != Operation.Status.UNKNOWN;
        }
        return rejection != null || seenBySender || persisted != null;
    }

    Anchor anchor() {
        return Anchor.ofSend(room, key);
    }

    @Override
    public String toString() {
        return (message == null ? "message " : "change ") + key;
    }
}
