package dev.confab.chat.model;

/**
 * How long the messages of one room are kept, where that is not as everywhere.
 *
 * @param days after which they are archived and deleted, 1 to 36,500; 0: never
 */
public record RetentionRule(int days) {

    /** Nothing is ever deleted. */
    public static final RetentionRule FOREVER = new RetentionRule(0);

    /** The longest time, a hundred years. */
    public static final int MOST_DAYS = 36_500;

    /** Throws IllegalArgumentException for what is no such number of days. */
    public RetentionRule {
        if (days < 0 || days > MOST_DAYS) {
            throw new IllegalArgumentException("0 to " + MOST_DAYS + " days, not " + days);
        }
    }

    /** Whether nothing is ever deleted. */
    public boolean isForever() {
        return days == 0;
    }

    /** The rule of one room. */
    public record OfRoom(RoomId roomId, RetentionRule rule) {}
}
