package dev.confab.chat.port.out;

import dev.confab.chat.model.ChangeId;
import dev.confab.chat.model.RoomChange;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happened to rooms and was not published yet. {@link RoomStore} writes each change here in the transaction that
 * makes it; who publishes takes them out. All calls block and may throw {@link StoreUnavailableException}; safe on any
 * thread.
 */
public interface Outbox {

    /**
     * Hands the oldest changes that are left to a publisher, and takes them out once it has returned. One at a time, over
     * all processes: while another relays, this does nothing. If the publisher throws, or dies, or the store leaves
     * meanwhile, the changes stay and are handed over again: at least once, and within a room never out of order.
     *
     * @param limit at least 1
     * @param publisher is not called with an empty list; what it throws is thrown
     * @return how many were taken out: 0 when nothing is left, or while another relays
     */
    int relay(int limit, Consumer<List<Entry>> publisher);

    /**
     * The oldest changes that are left, to look at. Changes of one room come in the order in which they happened, and
     * none is seen before those that came before it in that room.
     *
     * @param limit at least 1
     */
    List<Entry> pending(int limit);

    /** How much is left. Takes time in proportion to it. */
    Backlog backlog();

    /** A change that is to be published. */
    record Entry(ChangeId id, RoomChange change) {}

    /**
     * What waits to be published.
     *
     * @param changes how many
     * @param oldest when the first of them happened; null when there is none
     */
    record Backlog(long changes, @Nullable Instant oldest) {}
}
