package dev.confab.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.bench.history.Shown;
import org.jspecify.annotations.Nullable;

/** What a server said, as far as a client of a load cares. */
sealed interface ServerFrame {

    /** {@code connected}. */
    record Greeting(String user, String server, String epoch) implements ServerFrame {}

    /** {@code reply}. */
    record Reply(String ref, JsonNode data) implements ServerFrame {}

    /** {@code error}. */
    record Refusal(@Nullable String ref, String code) implements ServerFrame {}

    /** {@code messageAccepted}. */
    record Accepted(String key) implements ServerFrame {}

    /** {@code messageFailed}. */
    record Failed(String key, String code, boolean retryable) implements ServerFrame {}

    /** {@code messageRejected}. */
    record Rejected(String room, String key, String code) implements ServerFrame {}

    /**
     * An event of a timeline.
     *
     * @param number the message's among those of the run, or {@link Numbers#NONE}
     */
    record Event(Shown shown, long number) implements ServerFrame {}

    /** {@code roomHead}. */
    record Head(String room, long seq) implements ServerFrame {}

    /** Somebody has no place in a room any more. */
    record Gone(String room, String user) implements ServerFrame {}

    /** Whatever else. */
    record Other(String event) implements ServerFrame {}
}
