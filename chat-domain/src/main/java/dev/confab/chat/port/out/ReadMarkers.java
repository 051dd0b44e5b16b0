package dev.confab.chat.port.out;

import dev.confab.chat.model.Marking;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Unread;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.List;

/**
 * How far everybody has read. Markers only move forward; unread counts are derived from them and cannot drift (G8). All
 * calls block and may throw {@link StoreUnavailableException}; safe on any thread.
 */
public interface ReadMarkers {

    /** Moves somebody's marker to a message, unless it is there or beyond. */
    Marking mark(RoomId roomId, UserId userId, MessageId messageId, Instant now);

    /** Unread counts of all rooms somebody is in; rooms with none are included. */
    List<Unread> unread(UserId userId);
}
