package dev.confab.chat.port.in;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import org.jspecify.annotations.Nullable;

/** Looks for messages by their words. Blocks. */
public interface SearchMessages {

    /**
     * The messages that have all the words, newest first, of the rooms the caller is in now; see
     * {@link dev.confab.chat.model.SearchQuery}. Refused with VALIDATION, and for one room as {@link FetchHistory} is.
     *
     * @param roomId only of that room; null: of all the caller's rooms
     * @param before continues behind that message
     * @param limit 1 to 100
     */
    Result<Page<Message, MessageId>> search(
            UserId caller, @Nullable String query, @Nullable RoomId roomId, @Nullable MessageId before, int limit);
}
