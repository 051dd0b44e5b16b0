package dev.confab.netty.limit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate and how much of it may come at once.
 *
 * @param nanosPerToken time in which one token comes back; 0: no limit
 * @param burst tokens in a full bucket, at least 1
 * @param text the form it was read from
 */
public record RateLimit(long nanosPerToken, int burst, String text) {

    /** What {@link #parse} takes, for messages to operators. */
    public static final String SYNTAX = "RATE burst N with RATE in /s, /min or /h, such as 20/s burst 60, or off";

    /** No limit. */
    public static final RateLimit OFF = new RateLimit(0, 1, "off");

    private static final long LONGEST_REFILL = TimeUnit.DAYS.toNanos(3_650);

    private static final Pattern PATTERN = Pattern.compile(
            "(?<rate>\\d{1,9}(?:\\.\\d{1,6})?)\\s*/\\s*(?<unit>s|min|h)\\s+burst\\s+(?<burst>\\d{1,9})");

    /**
     * Reads {@code RATE burst N} or {@code off}.
     *
     * @throws IllegalArgumentException when the text is anything else; the message says what is expected
     */
    public static RateLimit parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("off")) {
            return OFF;
        }
        Matcher matcher = PATTERN.matcher(trimmed);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected " + SYNTAX);
        }
        BigDecimal rate = new BigDecimal(matcher.group("rate"));
        int burst = Integer.parseInt(matcher.group("burst"));
        if (rate.signum() == 0 || burst == 0) {
            throw new IllegalArgumentException("rate and burst must be greater than 0, expected " + SYNTAX);
        }
        long period = switch (matcher.group("unit")) {
            case "s" -> TimeUnit.SECONDS.toNanos(1);
            case "min" -> TimeUnit.MINUTES.toNanos(1);
            default -> TimeUnit.HOURS.toNanos(1);
        };
        long nanosPerToken =
                BigDecimal.valueOf(period).divide(rate, 0, RoundingMode.HALF_UP).longValueExact();
        if (nanosPerToken > LONGEST_REFILL / burst) {
            throw new IllegalArgumentException("an empty bucket would need more than 10 years to fill");
        }
        return new RateLimit(Math.max(1, nanosPerToken), burst, trimmed);
    }

    /** Whether everything passes. */
    public boolean isOff() {
        return nanosPerToken == 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
