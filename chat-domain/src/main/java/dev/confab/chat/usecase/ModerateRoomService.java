package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Violation;
import dev.confab.chat.port.in.ModerateRoom;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.RoomStore.Acted;
import dev.confab.chat.port.out.Signals;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Checks the input, lets the store decide under the room's lock, and tells the servers that follow the room (G14). */
final class ModerateRoomService implements ModerateRoom {

    private final RoomStore rooms;
    private final Signals signals;
    private final Clock clock;

    ModerateRoomService(RoomStore rooms, Signals signals, Clock clock) {
        this.rooms = rooms;
        this.signals = signals;
        this.clock = clock;
    }

    @Override
    public Result<Moderated> moderate(UserId caller, RoomId roomId, RoomAct.Moderation act) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Violation> violations = violations(act, now);
        if (!violations.isEmpty()) {
            return Result.refused(Refusal.invalid(violations));
        }
        return switch (rooms.act(roomId, caller, own(act), now)) {
            case Acted.Refused(var refusal) -> Result.refused(refusal);
            case Acted.Done done -> {
                if (!done.changes().isEmpty()) {
                    signals.send(
                            new Signal.MembershipChanged(roomId, done.room().memberVersion()));
                }
                boolean changed = !done.changes().isEmpty();
                yield Result.ok(new Moderated(done.room(), done.membership(), changed));
            }
        };
    }

    private static List<Violation> violations(RoomAct.Moderation act, Instant now) {
        List<Violation> violations = new ArrayList<>();
        switch (act) {
            case RoomAct.Update update -> {
                if (update.name() != null) {
                    ChatLimits.text("name", update.name(), 1, ChatLimits.MAX_ROOM_NAME)
                            .ifPresent(violations::add);
                }
                RoomCapacity.check(update.capacity()).ifPresent(violations::add);
                if (update.metadata() != null) {
                    RoomMetadata.check(update.metadata()).ifPresent(violations::add);
                }
            }
            case RoomAct.Ban ban -> {
                if (ban.reason() != null) {
                    ChatLimits.text("reason", ban.reason(), 0, ChatLimits.MAX_REASON)
                            .ifPresent(violations::add);
                }
                if (ban.until() != null && !ban.until().isAfter(now)) {
                    violations.add(new Violation("until", "past", "until must be in the future"));
                }
            }
            default -> {
                // Ids and roles; what may be done with them is decided with the rest.
            }
        }
        return violations;
    }

    /** The act with a copy of what its giver could still change. */
    private static RoomAct own(RoomAct.Moderation act) {
        return act instanceof RoomAct.Update(var name, var visibility, var capacity, var metadata) && metadata != null
                ? new RoomAct.Update(name, visibility, capacity, RoomMetadata.copy(metadata))
                : act;
    }
}
