package dev.confab.chat.port.out;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.RetentionRule;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the oldest parts of timelines for good. What was sent is known for ever nevertheless: a repeat of a purged send
 * is answered with the first id and place (G2), as a message that was deleted.
 *
 * <p>All calls block and may throw {@link StoreUnavailableException}; safe on any thread.
 */
public interface MessageRetention {

    /**
     * Rooms without a rule of their own in whose oldest part something is older, by id; perhaps nothing of it may go yet.
     *
     * @param before what happened before is old
     * @param after continues behind that room
     * @param limit at least 1
     */
    Page<RoomId, RoomId> due(Instant before, @Nullable RoomId after, int limit);

    /**
     * The rooms that have a rule of their own, by id.
     *
     * @param after continues behind that room
     * @param limit at least 1
     */
    Page<RetentionRule.OfRoom, RoomId> rules(@Nullable RoomId after, int limit);

    /**
     * Gives a room a rule of its own, or takes it away.
     *
     * @param rule null: the room is as all others again
     * @return false when there is no such room
     */
    boolean rule(RoomId roomId, @Nullable RetentionRule rule);

    /** The oldest part of a room that may go, as {@link dev.confab.chat.timeline.PurgeLimit} says; empty when none may. */
    Optional<Part> next(RoomId roomId, Instant before);

    /**
     * Deletes a part, in one transaction: messages, their changes and what finds them. Unread messages among it are no
     * longer unread. Ids and places go on from where they were.
     *
     * @return false, and nothing is deleted, when the room has changed so that this is no part of it any more
     */
    boolean purge(RoomId roomId, Part part);

    /**
     * Runs work while nobody else, on whatever server, runs any under this port.
     *
     * @return false, and it is not run, when somebody else is at it
     */
    boolean alone(Runnable work);

    /**
     * A part of a room's order.
     *
     * @param after what is gone already ends there
     * @param upTo the last place of the part
     */
    record Part(Sequence after, Sequence upTo) {}
}
