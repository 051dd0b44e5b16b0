package dev.confab.chat.usecase;

import dev.confab.chat.model.Violation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many members a room may take. */
final class RoomCapacity {

    private static final int MAX = 100_000;

    private RoomCapacity() {}

    /** What is wrong with it; empty when it is fine, or when there is no limit. */
    static Optional<Violation> check(@Nullable Integer capacity) {
        return capacity == null || (capacity >= 1 && capacity <= MAX)
                ? Optional.empty()
                : Optional.of(new Violation(
                        "capacity", "out-of-range", "capacity must be 1 to " + MAX + ", not " + capacity));
    }
}
