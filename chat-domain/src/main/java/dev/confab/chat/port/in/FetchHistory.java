package dev.confab.chat.port.in;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessagePage;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;

/** Reads a room's timeline. Members only: refused with ROOM_NOT_FOUND, or NOT_A_MEMBER for a public room. Blocks. */
public interface FetchHistory {

    /**
     * A page of messages.
     *
     * @param limit 1 to 100
     */
    Result<MessagePage> history(UserId caller, RoomId roomId, HistoryQuery query, int limit);

    /**
     * The timeline after a place, nothing skipped. Also refused with GONE where something after that place was deleted
     * for good.
     *
     * @param limit 1 to 500
     */
    Result<Page<ChatEvent.Timeline, Sequence>> events(UserId caller, RoomId roomId, Sequence after, int limit);

    /** One message. Also refused with MESSAGE_NOT_FOUND. */
    Result<Message> message(UserId caller, RoomId roomId, MessageId messageId);
}
