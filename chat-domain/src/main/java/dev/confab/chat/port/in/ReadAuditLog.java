package dev.confab.chat.port.in;

import dev.confab.chat.model.AuditCursor;
import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import org.jspecify.annotations.Nullable;

/** Shows a room's OWNER what moderators did. Blocks. */
public interface ReadAuditLog {

    /**
     * The latest first. Refused with ROOM_NOT_FOUND, NOT_A_MEMBER or FORBIDDEN.
     *
     * @param limit 1 to 100
     */
    Result<Page<AuditEntry, AuditCursor>> read(UserId caller, RoomId roomId, @Nullable AuditCursor after, int limit);
}
