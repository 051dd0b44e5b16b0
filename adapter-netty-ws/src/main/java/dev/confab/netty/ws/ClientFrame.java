package dev.confab.netty.ws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** One text frame of a client, as far as it could be understood. */
sealed interface ClientFrame {

    /** What the client calls this frame, to be repeated in the answer; null when it gave no name. */
    @Nullable
    Ref ref();

    /** A frame that names an event. */
    record Request(String event, @Nullable Ref ref, ObjectNode data) implements ClientFrame {}

    /** A frame with an event, but a {@code ref} or {@code data} of the wrong kind. */
    record Invalid(@Nullable Ref ref, String message) implements ClientFrame {}

    /** Not a JSON object, or one without an event. */
    record Malformed(@Nullable Ref ref, String message) implements ClientFrame {}
}
