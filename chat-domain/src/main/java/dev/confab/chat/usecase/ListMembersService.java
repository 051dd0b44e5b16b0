package dev.confab.chat.usecase;

import dev.confab.chat.model.MemberCursor;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.ListMembers;
import dev.confab.chat.port.out.RoomStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists members for members. */
final class ListMembersService implements ListMembers {

    private final RoomStore rooms;
    private final RoomAccess access;

    ListMembersService(RoomStore rooms) {
        this.rooms = rooms;
        this.access = new RoomAccess(rooms);
    }

    @Override
    public Result<Page<Membership, MemberCursor>> list(
            UserId caller, RoomId roomId, @Nullable MemberCursor after, int limit) {
        PageLimit.require(limit, PageLimit.PAGE);
        Optional<Refusal> refusal = access.refusalFor(caller, roomId);
        return refusal.isPresent() ? Result.refused(refusal.get()) : Result.ok(rooms.members(roomId, after, limit));
    }
}
