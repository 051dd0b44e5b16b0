package dev.confab.chat.usecase;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.LeaveRoom;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.RoomStore.Leaving;
import dev.confab.chat.port.out.Signals;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Ends a membership and tells the servers that follow the room, so that live delivery ends, too (G14). */
final class LeaveRoomService implements LeaveRoom {

    private final RoomStore rooms;
    private final RoomAccess access;
    private final Signals signals;
    private final Clock clock;

    LeaveRoomService(RoomStore rooms, Signals signals, Clock clock) {
        this.rooms = rooms;
        this.access = new RoomAccess(rooms);
        this.signals = signals;
        this.clock = clock;
    }

    @Override
    public Result<RoomId> leave(UserId caller, RoomId roomId) {
        Leaving leaving = rooms.leave(roomId, caller, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return switch (leaving) {
            case Leaving.Left(var memberVersion) -> {
                signals.send(new Signal.MembershipChanged(roomId, memberVersion));
                yield Result.ok(roomId);
            }
            case Leaving.NotAMember() -> Result.refused(access.refusalForOutsider(caller, roomId));
            case Leaving.NotFound() -> Result.refused(Refusal.Code.ROOM_NOT_FOUND);
        };
    }
}
