package dev.confab.chat.port.in;

import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;

/** Makes the caller a member of a public room. Blocks. */
public interface JoinRoom {

    /** Refused with ROOM_NOT_FOUND (private ones too), ROOM_FULL, ROOM_CLOSED or BANNED. */
    Result<Joined> join(UserId caller, RoomId roomId);

    /**
     * A membership, new or old.
     *
     * @param created false when the caller had been a member before
     */
    record Joined(Membership membership, boolean created) {}
}
