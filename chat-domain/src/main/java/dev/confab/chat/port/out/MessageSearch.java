package dev.confab.chat.port.out;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SearchQuery;
import dev.confab.chat.model.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages by their words. The index follows {@link MessageLog} at a distance, so that storing a message costs
 * nothing more: what was stored is found once its room was {@linkplain #index indexed}. Whatever the index says,
 * messages are shown, and tried against the query, as they now are.
 *
 * <p>All calls block and may throw {@link StoreUnavailableException}; safe on any thread.
 */
public interface MessageSearch {

    /**
     * The messages that match, newest first by id, of the rooms somebody is in now.
     *
     * @param roomId only of that room, if the user is in it; null: of all of them
     * @param before continues behind that message, which need not exist; null: from the newest
     * @param limit 1 to 100
     */
    Page<Message, MessageId> search(
            UserId userId, @Nullable RoomId roomId, SearchQuery query, @Nullable MessageId before, int limit);

    /**
     * Takes up what happened in these rooms since they were indexed last: messages, edits, deletions. Rooms that do
     * not exist are left out. Any number of callers may do so at once.
     *
     * @return those of which there was too much for once: ask again
     */
    Set<RoomId> index(Collection<RoomId> roomIds);

    /**
     * Rooms in which something happened that was not indexed yet.
     *
     * @param limit at least 1
     */
    List<RoomId> behind(int limit);
}
