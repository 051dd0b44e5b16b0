package dev.confab.chat.usecase;

import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.LeaveRoom;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.RoomStore.Acted;
import dev.confab.chat.port.out.Signals;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Ends a membership and tells the servers that follow the room, so that live delivery ends, too (G14). */
final class LeaveRoomService implements LeaveRoom {

    private final RoomStore rooms;
    private final Signals signals;
    private final Clock clock;

    LeaveRoomService(RoomStore rooms, Signals signals, Clock clock) {
        this.rooms = rooms;
        this.signals = signals;
        this.clock = clock;
    }

    @Override
    public Result<RoomId> leave(UserId caller, RoomId roomId) {
        return switch (rooms.act(
                roomId, caller, new RoomAct.Leave(), clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
            case Acted.Refused(var refusal) -> Result.refused(refusal);
            case Acted.Done done -> {
                signals.send(new Signal.MembershipChanged(roomId, done.room().memberVersion()));
                yield Result.ok(roomId);
            }
        };
    }
}
