package dev.confab.chat.port.in;

import dev.confab.chat.model.MemberCursor;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import org.jspecify.annotations.Nullable;

/** Lists who is in a room. Blocks. */
public interface ListMembers {

    /**
     * Refused with ROOM_NOT_FOUND, or NOT_A_MEMBER for a public room.
     *
     * @param limit 1 to 100
     */
    Result<Page<Membership, MemberCursor>> list(UserId caller, RoomId roomId, @Nullable MemberCursor after, int limit);
}
