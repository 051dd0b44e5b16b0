package dev.confab.chat.model;

import java.time.Duration;

/**
 * When people are told of messages, and how often it is tried.
 *
 * @param after how long a message waits to be read before people are told
 * @param attempts how often a notification is handed over before it is given up, 1 or more
 * @param firstPause between the first attempt and the second; each further pause is twice as long
 * @param longestPause no pause is longer
 */
public record NotificationSettings(Duration after, int attempts, Duration firstPause, Duration longestPause) {

    /** Told after 30 s, tried 8 times within about a minute. */
    public static NotificationSettings defaults() {
        return new NotificationSettings(Duration.ofSeconds(30), 8, Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    /** How long to wait after so many attempts, without jitter. */
    public Duration pauseAfter(int attempts) {
        Duration pause = firstPause;
        for (int i = 1; i < attempts && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
