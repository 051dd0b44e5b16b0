package dev.confab.chat.usecase;

import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.JoinRoom;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.RoomStore.Acted;
import dev.confab.chat.port.out.Signals;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

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
        return switch (rooms.act(
                roomId, caller, new RoomAct.Join(), clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
            case Acted.Refused(var refusal) -> Result.refused(refusal);
            case Acted.Done done -> {
                boolean created = !done.changes().isEmpty();
                if (created) {
                    signals.send(
                            new Signal.MembershipChanged(roomId, done.room().memberVersion()));
                }
                yield Result.ok(new Joined(Objects.requireNonNull(done.membership()), created));
            }
        };
    }
}
