package dev.confab.chat.port.in;

import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import org.jspecify.annotations.Nullable;

/** Invites, gives roles, removes, bans, changes and closes, as far as the caller's rank allows. Blocks. */
public interface ModerateRoom {

    /**
     * Does it. Who is taken out of a room by it hears nothing more of the room (G14). Refused with VALIDATION;
     * ROOM_NOT_FOUND (private rooms of others too), NOT_A_MEMBER or FORBIDDEN; USER_NOT_FOUND; BANNED, ROOM_FULL or
     * ROOM_CLOSED.
     */
    Result<Moderated> moderate(UserId caller, RoomId roomId, RoomAct.Moderation act);

    /**
     * Done.
     *
     * @param room as it is now
     * @param membership the place of whom it was about; null for who is no member now
     * @param changed whether something happened; false when all was so before
     */
    record Moderated(Room room, @Nullable Membership membership, boolean changed) {}
}
