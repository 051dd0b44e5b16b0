package dev.confab.chat.usecase;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.ReadBy;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.ListReaders;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.ReadMarkers;
import dev.confab.chat.port.out.RoomStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares read markers with a message's place, for members. */
final class ListReadersService implements ListReaders {

    private final ReadMarkers readMarkers;
    private final MessageLog messageLog;
    private final RoomAccess access;

    ListReadersService(ReadMarkers readMarkers, MessageLog messageLog, RoomStore rooms) {
        this.readMarkers = readMarkers;
        this.messageLog = messageLog;
        this.access = new RoomAccess(rooms);
    }

    @Override
    public Result<Page<ReadBy, UserId>> list(
            UserId caller, RoomId roomId, MessageId messageId, @Nullable UserId after, int limit) {
        PageLimit.require(limit, PageLimit.PAGE);
        Optional<Refusal> refusal = access.refusalFor(caller, roomId);
        if (refusal.isPresent()) {
            return Result.refused(refusal.get());
        }
        Optional<Message> message = messageLog.find(roomId, messageId);
        return message.isEmpty()
                ? Result.refused(Refusal.Code.MESSAGE_NOT_FOUND)
                : Result.ok(readMarkers.readers(message.get(), after, limit));
    }
}
