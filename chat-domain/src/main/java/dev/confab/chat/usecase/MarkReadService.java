package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Marking;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.MarkRead;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.ReadMarkers;
import dev.confab.chat.port.out.RoomStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;

/** Stores the marker first and tells the others after. */
final class MarkReadService implements MarkRead {

    private final ReadMarkers readMarkers;
    private final RoomAccess access;
    private final MessageLog messageLog;
    private final EventBus eventBus;
    private final Clock clock;
    private final RandomGenerator random;

    MarkReadService(
            ReadMarkers readMarkers,
            RoomStore rooms,
            MessageLog messageLog,
            EventBus eventBus,
            Clock clock,
            RandomGenerator random) {
        this.readMarkers = readMarkers;
        this.access = new RoomAccess(rooms);
        this.messageLog = messageLog;
        this.eventBus = eventBus;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Result<Marking.Marked> markRead(UserId caller, RoomId roomId, MessageId messageId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return switch (readMarkers.mark(roomId, caller, messageId, now)) {
            case Marking.Marked marked -> {
                if (marked.moved()) {
                    tell(new ChatEvent.ReadMarked(roomId, caller, messageId, marked.lastReadSeq(), now));
                }
                yield Result.ok(marked);
            }
            case Marking.NotAMember() -> Result.refused(access.refusalForOutsider(caller, roomId));
            case Marking.MessageNotFound() -> Result.refused(Refusal.Code.MESSAGE_NOT_FOUND);
        };
    }

    private void tell(ChatEvent.ReadMarked event) {
        try {
            eventBus.publish(List.of(new Publication(messageLog.epoch(), 0, TraceId.random(random), event)));
        } catch (BusUnavailableException ignored) {
            // The marker is stored, which is what the caller asked for. The receipt is lost; the next one, or the
            // member list, shows the same marker or a later one.
        }
    }
}
