package dev.confab.chat.port.out;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * A record that was taken out of the way (G11).
 *
 * @param offset its place in {@code partition}
 * @param command what it asked for; null when it could not be read
 * @param key the record's key as it was, in base 64 (RFC 4648 section 4)
 * @param payload the record's value as it was, in base 64; empty when only the command is at hand
 * @param reason one line for an operator
 */
public record DeadLetter(
        CommandPartition partition,
        long offset,
        @Nullable Command command,
        @Nullable String key,
        String payload,
        String reason,
        TraceId traceId) {}
