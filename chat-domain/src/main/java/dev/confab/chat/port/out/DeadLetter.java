package dev.confab.chat.port.out;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * A record that was taken out of the way (G11).
 *
 * @param offset its place in {@code partition}
 * @param command what it asked for; null when it could not be read
 * @param key the record's key as it was
 * @param payload the record's value as it was; empty when only the command is at hand
 * @param reason one line for an operator
 */
public record DeadLetter(
        CommandPartition partition,
        long offset,
        @Nullable Command command,
        byte @Nullable [] key,
        byte[] payload,
        String reason,
        TraceId traceId) {}
