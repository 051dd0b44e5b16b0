package dev.confab.netty.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moments as clients see them: ISO 8601 in UTC with exactly three digits of milliseconds and {@code Z}, such as
 * {@code 2026-02-24T06:00:00.000Z}. Finer parts are cut off.
 */
public final class Timestamps {

    private static final int LENGTH = 24;
    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final int LAST_YEAR = 9_999;

    private Timestamps() {}

    /** The text form. */
    public static String format(Instant instant) {
        return new String(characters(instant));
    }

    /** Reads a moment with an offset or Z (RFC 3339 section 5.6) up to the year 9999; empty for anything else. */
    public static Optional<Instant> parse(String text) {
        try {
            OffsetDateTime moment = OffsetDateTime.parse(text);
            int year = moment.withOffsetSameInstant(ZoneOffset.UTC).getYear();
            return year < 0 || year > LAST_YEAR ? Optional.empty() : Optional.of(moment.toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Writes the text form, or null. */
    public static void write(JsonGenerator json, @Nullable Instant instant) throws IOException {
        if (instant == null) {
            json.writeNull();
        } else {
            json.writeString(characters(instant), 0, LENGTH);
        }
    }

    // DateTimeFormatter drops zero digits or needs a pattern that is many times slower; events are written often.
    private static char[] characters(Instant instant) {
        long millis = instant.toEpochMilli();
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, MILLIS_PER_DAY));
        int year = date.getYear();
        if (year < 0 || year > LAST_YEAR) {
            throw new IllegalArgumentException("No four-digit year: " + year);
        }
        int ofDay = (int) Math.floorMod(millis, MILLIS_PER_DAY);
        char[] text = new char[LENGTH];
        digits(text, 0, 4, year);
        text[4] = '-';
        digits(text, 5, 2, date.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, date.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, ofDay / 3_600_000);
        text[13] = ':';
        digits(text, 14, 2, ofDay / 60_000 % 60);
        text[16] = ':';
        digits(text, 17, 2, ofDay / 1_000 % 60);
        text[19] = '.';
        digits(text, 20, 3, ofDay % 1_000);
        text[23] = 'Z';
        return text;
    }

    private static void digits(char[] text, int from, int count, int number) {
        int rest = number;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
