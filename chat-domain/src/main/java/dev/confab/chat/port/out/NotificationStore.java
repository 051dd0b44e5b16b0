package dev.confab.chat.port.out;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.NotificationLevel;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of what members want to be told, and what they have not read. All calls block and may throw
 * {@link StoreUnavailableException}; safe on any thread.
 */
public interface NotificationStore {

    /**
     * Sets of what a member wants to be told. Who joins, for the first time or again, begins with
     * {@link NotificationLevel#ALL}.
     *
     * @return false when the user is no member
     */
    boolean setLevel(RoomId roomId, UserId userId, NotificationLevel level);

    /**
     * Those of some messages that people wrote and nobody deleted since, as they now are, in the given order.
     *
     * @param messages at most 1,000
     */
    List<Told> current(Collection<Message> messages);

    /**
     * A message as it now is.
     *
     * @param roomName null for a room of two
     */
    record Told(Message message, @Nullable String roomName) {}

    /**
     * The members whose read marker is before a message and whose level asks to be told of it, without its author, by
     * id.
     *
     * @param after continues behind that user
     * @param limit 1 to 1,000
     */
    Page<UserId, UserId> unaware(Message message, @Nullable UserId after, int limit);
}
