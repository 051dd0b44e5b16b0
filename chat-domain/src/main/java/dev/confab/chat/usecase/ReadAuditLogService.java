package dev.confab.chat.usecase;

import dev.confab.chat.model.AuditCursor;
import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.permission.RoomAction;
import dev.confab.chat.port.in.ReadAuditLog;
import dev.confab.chat.port.out.RoomStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows the audit log to the room's OWNER. */
final class ReadAuditLogService implements ReadAuditLog {

    private final RoomStore rooms;
    private final RoomAccess access;

    ReadAuditLogService(RoomStore rooms) {
        this.rooms = rooms;
        this.access = new RoomAccess(rooms);
    }

    @Override
    public Result<Page<AuditEntry, AuditCursor>> read(
            UserId caller, RoomId roomId, @Nullable AuditCursor after, int limit) {
        PageLimit.require(limit, PageLimit.PAGE);
        Optional<Refusal> refusal = access.refusalFor(caller, roomId, RoomAction.READ_AUDIT);
        return refusal.isPresent() ? Result.refused(refusal.get()) : Result.ok(rooms.audit(roomId, after, limit));
    }
}
