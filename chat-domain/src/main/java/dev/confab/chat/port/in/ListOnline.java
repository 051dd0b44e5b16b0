package dev.confab.chat.port.in;

import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.util.Map;

/** Lists who is live in a room. Blocks. */
public interface ListOnline {

    /**
     * Everybody with a connection that is in the room now, on any server, with the last sign of life. Refused with
     * ROOM_NOT_FOUND, NOT_A_MEMBER for a public room, or UNAVAILABLE while the presence store is away.
     */
    Result<Map<UserId, PresenceStatus>> online(UserId caller, RoomId roomId);
}
