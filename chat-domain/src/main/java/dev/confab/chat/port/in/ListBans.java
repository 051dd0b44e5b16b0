package dev.confab.chat.port.in;

import dev.confab.chat.model.BanCursor;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomBan;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import org.jspecify.annotations.Nullable;

/** Lists who is banned from a room. Blocks. */
public interface ListBans {

    /**
     * The bans that hold now, the oldest first. Refused with ROOM_NOT_FOUND, NOT_A_MEMBER or FORBIDDEN.
     *
     * @param limit 1 to 100
     */
    Result<Page<RoomBan, BanCursor>> list(UserId caller, RoomId roomId, @Nullable BanCursor after, int limit);
}
