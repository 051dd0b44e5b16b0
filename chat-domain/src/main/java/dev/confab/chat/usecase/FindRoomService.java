package dev.confab.chat.usecase;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.FindRoom;
import dev.confab.chat.port.out.RoomStore;
import java.util.Optional;

/** Shows a room to those who may know of it. */
final class FindRoomService implements FindRoom {

    private final RoomStore rooms;

    FindRoomService(RoomStore rooms) {
        this.rooms = rooms;
    }

    @Override
    public Result<Room> find(UserId caller, RoomId roomId) {
        Optional<Room> room = rooms.find(roomId);
        boolean visible = room.isPresent()
                && (room.get().visibility() == Visibility.PUBLIC
                        || rooms.membership(roomId, caller).isPresent());
        return visible ? Result.ok(room.get()) : Result.refused(Refusal.Code.ROOM_NOT_FOUND);
    }
}
