package dev.confab.chat.port.in;

import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.ReadBy;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import org.jspecify.annotations.Nullable;

/** Lists who has read a message. Blocks. */
public interface ListReaders {

    /**
     * The members whose read marker is at the message or beyond, without its author, by id. Refused with
     * ROOM_NOT_FOUND, NOT_A_MEMBER for a public room, or MESSAGE_NOT_FOUND.
     *
     * @param after continues behind that user
     * @param limit 1 to 100
     */
    Result<Page<ReadBy, UserId>> list(
            UserId caller, RoomId roomId, MessageId messageId, @Nullable UserId after, int limit);
}
