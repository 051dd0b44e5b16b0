package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessagePage;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.FetchHistory;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.RoomStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads timelines for members. */
final class FetchHistoryService implements FetchHistory {

    private final MessageLog messageLog;
    private final RoomStore rooms;
    private final RoomAccess access;

    FetchHistoryService(MessageLog messageLog, RoomStore rooms) {
        this.messageLog = messageLog;
        this.rooms = rooms;
        this.access = new RoomAccess(rooms);
    }

    @Override
    public Result<MessagePage> history(UserId caller, RoomId roomId, HistoryQuery query, int limit) {
        PageLimit.require(limit, PageLimit.PAGE);
        return forMember(caller, roomId, () -> Result.ok(messageLog.history(roomId, query, limit)));
    }

    @Override
    public Result<Page<ChatEvent.Timeline, Sequence>> events(UserId caller, RoomId roomId, Sequence after, int limit) {
        PageLimit.require(limit, PageLimit.EVENTS);
        return forMember(caller, roomId, () -> {
            Page<ChatEvent.Timeline, Sequence> page = messageLog.events(roomId, after, limit);
            Sequence purged = isWhole(page, after) ? Sequence.NONE : purgedSeq(roomId);
            return purged.isAfter(after) ? Result.refused(gone(purged)) : Result.ok(page);
        });
    }

    private static boolean isWhole(Page<ChatEvent.Timeline, Sequence> page, Sequence after) {
        return !page.items().isEmpty() && page.items().getFirst().seq().equals(after.next());
    }

    /** Asked after the page was read: a part that went in between is missed and told. */
    private Sequence purgedSeq(RoomId roomId) {
        return rooms.standing(roomId, List.of()).map(RoomStanding::purgedSeq).orElse(Sequence.NONE);
    }

    private static Refusal gone(Sequence purged) {
        return new Refusal(Refusal.Code.GONE, "Everything up to seq " + purged + " was deleted for good.", List.of());
    }

    @Override
    public Result<Message> message(UserId caller, RoomId roomId, MessageId messageId) {
        return forMember(
                caller,
                roomId,
                () -> messageLog
                        .find(roomId, messageId)
                        .map(Result::ok)
                        .orElseGet(() -> Result.refused(Refusal.Code.MESSAGE_NOT_FOUND)));
    }

    private <T> Result<T> forMember(UserId caller, RoomId roomId, Supplier<Result<T>> answer) {
        Optional<Refusal> refusal = access.refusalFor(caller, roomId);
        return refusal.isPresent() ? Result.refused(refusal.get()) : answer.get();
    }
}
