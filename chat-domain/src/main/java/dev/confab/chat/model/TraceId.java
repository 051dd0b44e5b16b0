package dev.confab.chat.model;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Follows one message from its send to its delivery through logs and records.
 *
 * @param value 32 lower-case hexadecimal digits, the trace-id of W3C Trace Context section 3.2.2.3
 */
public record TraceId(String value) {

    /** A new random trace id. */
    public static TraceId random(RandomGenerator random) {
        return new TraceId(
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong()));
    }

    @Override
    public String toString() {
        return value;
    }
}
