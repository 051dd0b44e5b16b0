package dev.confab.chat.usecase;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.JoinRoom;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.RoomStore.Joining;
import dev.confab.chat.port.out.Signals;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Adds a member and tells the servers that follow the room. */
final class JoinRoomService implements JoinRoom {

    private final RoomStore rooms;
    private final Signals signals;
    private final Clock clock;

    JoinRoomService(RoomStore rooms, Signals signals, Clock clock) {
        this.rooms = rooms;
        this.signals = signals;
        this.clock = clock;
    }

    @Override
    public Result<Joined> join(UserId caller, RoomId roomId) {
        Joining joining = rooms.join(roomId, caller, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return switch (joining) {
            case Joining.Joined(var membership, var memberVersion) -> {
                signals.send(new Signal.MembershipChanged(roomId, memberVersion));
                yield Result.ok(new Joined(membership, true));
            }
            case Joining.AlreadyMember(var membership) -> Result.ok(new Joined(membership, false));
            case Joining.NotFound() -> Result.refused(Refusal.Code.ROOM_NOT_FOUND);
            case Joining.Closed() -> Result.refused(Refusal.Code.ROOM_CLOSED);
            case Joining.Full() -> Result.refused(Refusal.Code.ROOM_FULL);
        };
    }
}
