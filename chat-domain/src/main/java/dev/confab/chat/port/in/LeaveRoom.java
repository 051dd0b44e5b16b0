package dev.confab.chat.port.in;

import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;

/** Ends the caller's membership; from then on nothing of the room reaches the caller (G14). Blocks. */
public interface LeaveRoom {

    /** Refused with ROOM_NOT_FOUND or NOT_A_MEMBER. */
    Result<RoomId> leave(UserId caller, RoomId roomId);
}
