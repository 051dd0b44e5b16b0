package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it lies in the dead-letter log (G11).
 *
 * @param parkedAt in milliseconds, by the clock of who parked it
 * @param origin where the record was; null when the letter does not say so, because something else put it there
 * @param addressee whose command it was; null where that cannot be told, or it was no command
 * @param key the record's key as it was, in base 64 (RFC 4648 section 4); null when it had none, or a huge one
 * @param payload the record's value as it was, in base 64; empty when it had none
 * @param cutFrom how many bytes the value had, of which {@code payload} is only the beginning; 0 when it is whole
 * @param reason one line for an operator
 * @param traceId empty text where the letter has none
 */
public record ParkedLetter(
        LetterId id,
        Instant parkedAt,
        @Nullable Origin origin,
        LetterCause cause,
        @Nullable LetterAddressee addressee,
        @Nullable String key,
        String payload,
        int cutFrom,
        String reason,
        TraceId traceId) {

    /**
     * A place in a log.
     *
     * @param log the log's name
     * @param partition 0 or greater
     * @param offset 0 or greater
     */
    public record Origin(String log, int partition, long offset) {
        @Override
        public String toString() {
            return log + "-" + partition + "@" + offset;
        }
    }

    /** Whether the record can be put back as it was. */
    public boolean isWhole() {
        return cutFrom == 0 && origin != null;
    }
}
