package dev.confab.chat.model;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Names a message: a ULID, 48 bits of milliseconds since 1970 and 80 random bits, written as 26 characters of
 * Crockford's base 32. Ids of one room rise strictly with {@link Sequence}, whatever the clocks do, because each is
 * made {@linkplain #after above the one before it} under the room's lock.
 *
 * <p>Immutable; safe on any thread. Ordered as unsigned 128-bit numbers, which is also the order of the text form.
 *
 * @param high the upper 64 bits: 48 of time, 16 random
 * @param low the lower 64 bits, random
 */
public record MessageId(long high, long low) implements Comparable<MessageId> {

    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final byte[] VALUES = values();
    private static final int LENGTH = 26;
    private static final long MAX_TIME = (1L << 48) - 1;

    /**
     * The id of a message made at {@code now} after {@code last}: a fresh ULID when that is greater, else the
     * successor of {@code last}, so that a clock that stands still or goes backwards never breaks the order.
     */
    public static MessageId after(@Nullable MessageId last, Instant now, RandomGenerator random) {
        long time = Math.clamp(now.toEpochMilli(), 0, MAX_TIME);
        if (last != null && time <= last.epochMillis()) {
            return last.successor();
        }
        return new MessageId(time << 16 | (random.nextLong() & 0xFFFF), random.nextLong());
    }

    /** Reads the 26-character form in either case; empty when the text is anything else. Never throws. */
    public static Optional<MessageId> parse(String text) {
        if (text.length() != LENGTH || text.charAt(0) > '7') {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            int value = c < VALUES.length ? VALUES[c] : -1;
            if (value < 0) {
                return Optional.empty();
            }
            high = high << 5 | low >>> 59;
            low = low << 5 | value;
        }
        return Optional.of(new MessageId(high, low));
    }

    /** The moment in the id, in milliseconds since 1970-01-01T00:00Z. */
    public long epochMillis() {
        return high >>> 16;
    }

    /** The moment in the id. It is the message's {@code createdAt}, and never falls along a room's sequence. */
    public Instant createdAt() {
        return Instant.ofEpochMilli(epochMillis());
    }

    private MessageId successor() {
        return low == -1L ? new MessageId(high + 1, 0) : new MessageId(high, low + 1);
    }

    @Override
    public int compareTo(MessageId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** The canonical 26-character upper-case form. */
    @Override
    public String toString() {
        char[] text = new char[LENGTH];
        long h = high;
        long l = low;
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET[(int) (l & 31)];
            l = l >>> 5 | h << 59;
            h >>>= 5;
        }
        return new String(text);
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        java.util.Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            values[ALPHABET[i]] = (byte) i;
            values[Character.toLowerCase(ALPHABET[i])] = (byte) i;
        }
        return values;
    }
}
