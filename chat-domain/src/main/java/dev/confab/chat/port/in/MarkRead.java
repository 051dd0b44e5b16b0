package dev.confab.chat.port.in;

import dev.confab.chat.model.Marking;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;

/** Moves the caller's read marker forward. Blocks. */
public interface MarkRead {

    /**
     * The marker as it now is; moving back changes nothing. Others are told when it moved. Refused with
     * ROOM_NOT_FOUND, NOT_A_MEMBER or MESSAGE_NOT_FOUND.
     */
    Result<Marking.Marked> markRead(UserId caller, RoomId roomId, MessageId messageId);
}
