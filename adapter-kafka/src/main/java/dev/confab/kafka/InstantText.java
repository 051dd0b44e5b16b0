package dev.confab.kafka;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Moments as ISO 8601 text. The usual form, milliseconds of this millennium in UTC, is written and read by hand: it is
 * in every record, and the JDK's formatter takes longer than all the rest of a small one.
 */
final class InstantText {

    /** 2026-02-24T06:00:00.123Z. */
    private static final int USUAL_LENGTH = 24;

    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final long FIRST = Instant.parse("1970-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int SECONDS_PER_DAY = 86_400;

    private InstantText() {}

    static String write(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (seconds < FIRST || seconds > LAST || instant.getNano() % NANOS_PER_MILLI != 0) {
            return instant.toString();
        }
        LocalDate date = LocalDate.ofEpochDay(seconds / SECONDS_PER_DAY);
        int time = (int) (seconds % SECONDS_PER_DAY);
        byte[] text = new byte[USUAL_LENGTH];
        put(text, 0, 4, date.getYear());
        text[4] = '-';
        put(text, 5, 2, date.getMonthValue());
        text[7] = '-';
        put(text, 8, 2, date.getDayOfMonth());
        text[10] = 'T';
        put(text, 11, 2, time / 3600);
        text[13] = ':';
        put(text, 14, 2, time / 60 % 60);
        text[16] = ':';
        put(text, 17, 2, time % 60);
        text[19] = '.';
        put(text, 20, 3, instant.getNano() / NANOS_PER_MILLI);
        text[23] = 'Z';
        return new String(text, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** Null when the text is no moment in UTC. */
    static @Nullable Instant read(String text) {
        try {
            Instant usual = text.length() == USUAL_LENGTH ? readUsual(text) : null;
            return usual != null ? usual : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Null when the text is of another form. */
    private static @Nullable Instant readUsual(String text) {
        boolean marks = text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(19) == '.'
                && text.charAt(23) == 'Z';
        int year = number(text, 0, 4);
        int month = number(text, 5, 2);
        int day = number(text, 8, 2);
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        int millis = number(text, 20, 3);
        if (!marks || (year | month | day | hour | minute | second | millis) < 0) {
            return null;
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(
                days * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second, (long) millis * NANOS_PER_MILLI);
    }

    private static void put(byte[] text, int at, int digits, int value) {
        int rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Negative when there is anything but digits. */
    private static int number(String text, int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
