package dev.confab.chat.port.out;

import dev.confab.chat.model.Marking;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.ReadBy;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Unread;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far everybody has read. Markers only move forward; unread counts are derived from them and cannot drift (G8). All
 * calls block and may throw {@link StoreUnavailableException}; safe on any thread.
 */
public interface ReadMarkers {

    /** Moves somebody's marker to a message, unless it is there or beyond. */
    Marking mark(RoomId roomId, UserId userId, MessageId messageId, Instant now);

    /**
     * The members whose marker is at the message or beyond, without its author, by id.
     *
     * @param after continues behind that user
     * @param limit 1 to 100
     */
    Page<ReadBy, UserId> readers(Message message, @Nullable UserId after, int limit);

    /** Unread counts of all rooms somebody is in; rooms with none are included. */
    List<Unread> unread(UserId userId);
}
