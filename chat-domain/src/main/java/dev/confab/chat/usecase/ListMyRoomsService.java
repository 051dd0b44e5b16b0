package dev.confab.chat.usecase;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomListCursor;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.ListMyRooms;
import dev.confab.chat.port.out.RoomStore;
import org.jspecify.annotations.Nullable;

/** Reads the list from the store. */
final class ListMyRoomsService implements ListMyRooms {

    private final RoomStore rooms;

    ListMyRoomsService(RoomStore rooms) {
        this.rooms = rooms;
    }

    @Override
    public Page<RoomSummary, RoomListCursor> list(UserId caller, @Nullable RoomListCursor after, int limit) {
        PageLimit.require(limit, PageLimit.PAGE);
        return rooms.roomsOf(caller, after, limit);
    }
}
