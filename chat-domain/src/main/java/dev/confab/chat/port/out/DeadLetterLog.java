package dev.confab.chat.port.out;

import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.ParkedLetter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log in which dead letters lie until their time is over, and the way back out of it. Parking itself is done by
 * {@link EventBus} and {@link NotificationBus}. All calls block; safe on any thread. Every call may throw
 * {@link BusUnavailableException}.
 */
public interface DeadLetterLog {

    /**
     * Reads what lies there now, oldest first within each partition.
     *
     * @param since leaves out what was parked before; null: from the beginning
     */
    void read(@Nullable Instant since, Reader reader);

    /** Is handed letters. */
    @FunctionalInterface
    interface Reader {
        /**
         * Some letters, at least one.
         *
         * @return whether to read on
         */
        boolean read(List<ParkedLetter> letters);
    }

    /** The letter of that name; empty when there is none, any more or yet. */
    Optional<ParkedLetter> find(LetterId letterId);

    /**
     * Puts the record back as it was, durably, at the end of the partition in which it was, marked as a replay. It is
     * then worked on like any other; doing it twice does no harm (G2).
     *
     * @return where it lies now; empty when it cannot be put back as it was, because a part of it is missing or it is
     *     not known where it was
     */
    OptionalLong putBack(ParkedLetter letter);

    /** Where each partition begins and ends. */
    List<Extent> extents();

    /**
     * The letters of one partition.
     *
     * @param first the offset of the oldest that is left
     * @param next the offset that the next one gets
     */
    record Extent(int partition, long first, long next) {}

    /** Who hears of each letter that this node parks, after it was parked. One listener; must be quick and not throw. */
    void onParked(Consumer<DeadLetter> listener);
}
