package dev.confab.chat.usecase;

import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.permission.RoomAction;
import dev.confab.chat.permission.RoomKind;
import dev.confab.chat.permission.Who;
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
        Optional<Room> found = rooms.find(roomId);
        if (found.isEmpty()) {
            return Result.refused(Refusal.Code.ROOM_NOT_FOUND);
        }
        Room room = found.get();
        RoomKind kind = RoomKind.of(room);
        if (RoomAction.FIND.in(kind) == Who.ANYBODY) {
            return Result.ok(room);
        }
        Role role = rooms.membership(roomId, caller).map(Membership::role).orElse(null);
        return RoomAction.FIND
                .refusal(kind, role)
                .<Result<Room>>map(Result::refused)
                .orElseGet(() -> Result.ok(room));
    }
}
