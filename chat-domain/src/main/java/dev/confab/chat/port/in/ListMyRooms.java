package dev.confab.chat.port.in;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomListCursor;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.UserId;
import org.jspecify.annotations.Nullable;

/** Lists the rooms somebody is in, latest activity first. Blocks. */
public interface ListMyRooms {

    /**
     * A page of rooms.
     *
     * @param limit 1 to 100
     */
    Page<RoomSummary, RoomListCursor> list(UserId caller, @Nullable RoomListCursor after, int limit);
}
