package dev.confab.netty.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the checks found, in the order in which they were given. Immutable. */
public record HealthReport(List<Finding> findings) {

    /**
     * What one check found.
     *
     * @param millis how long it took
     * @param detail one line for operators; null when all is well
     */
    public record Finding(
            String name,
            boolean required,
            boolean up,
            long millis,
            @Nullable String detail) {}

    /** All in all. */
    public enum Status {
        /** Everything is up. */
        OK("ok"),
        /** Messages flow, and something else is missing. */
        DEGRADED("degraded"),
        /** Something is down that messages need. */
        DOWN("down");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** The word that clients see. */
        public String word() {
            return word;
        }
    }

    /** All in all. */
    public Status status() {
        if (!isReady()) {
            return Status.DOWN;
        }
        return findings.stream().allMatch(Finding::up) ? Status.OK : Status.DEGRADED;
    }

    /** Whether everything is up that messages need. */
    public boolean isReady() {
        return findings.stream().filter(Finding::required).allMatch(Finding::up);
    }
}
