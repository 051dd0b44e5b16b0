package dev.confab.chat.port.in;

import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;

/** Looks at a room. Blocks. */
public interface FindRoom {

    /** A room the caller is in, or a public one. Refused with ROOM_NOT_FOUND, for private rooms of others too. */
    Result<Room> find(UserId caller, RoomId roomId);
}
