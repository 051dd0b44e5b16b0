package dev.confab.kafka;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * UUIDs as 36 ASCII bytes, in keys and headers: readable with any tool, and read without making a string, because
 * every gateway looks at those of every record.
 */
final class UuidText {

    private static final int LENGTH = 36;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private UuidText() {}

    /** The canonical lower-case form. */
    static byte[] toBytes(UUID uuid) {
        byte[] text = new byte[LENGTH];
        int at = write(text, 0, uuid.getMostSignificantBits(), 60, 8);
        at = write(text, at, uuid.getMostSignificantBits(), 28, 4);
        at = write(text, at, uuid.getMostSignificantBits(), 12, 4);
        at = write(text, at, uuid.getLeastSignificantBits(), 60, 4);
        write(text, at, uuid.getLeastSignificantBits(), 44, 12);
        return text;
    }

    /** Reads either case; null when the bytes are anything else. */
    static @Nullable UUID read(byte @Nullable [] text) {
        if (text == null || text.length != LENGTH) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH; i++) {
            byte c = text[i];
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                if (c != '-') {
                    return null;
                }
                continue;
            }
            int digit = digit(c);
            if (digit < 0) {
                return null;
            }
            if (i < 19) {
                high = high << 4 | digit;
            } else {
                low = low << 4 | digit;
            }
        }
        return new UUID(high, low);
    }

    private static int write(byte[] text, int at, long bits, int shift, int digits) {
        int next = at;
        for (int i = 0; i < digits; i++) {
            text[next++] = DIGITS[(int) (bits >>> (shift - 4 * i)) & 15];
        }
        if (next < LENGTH) {
            text[next++] = '-';
        }
        return next;
    }

    private static int digit(byte c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        if (c >= 'A' && c <= 'F') {
            return c - 'A' + 10;
        }
        return -1;
    }
}
