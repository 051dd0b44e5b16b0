package dev.confab.chat.usecase;

import dev.confab.chat.model.BanCursor;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomBan;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.permission.RoomAction;
import dev.confab.chat.port.in.ListBans;
import dev.confab.chat.port.out.RoomStore;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists bans for those who may ban. */
final class ListBansService implements ListBans {

    private final RoomStore rooms;
    private final RoomAccess access;
    private final Clock clock;

    ListBansService(RoomStore rooms, Clock clock) {
        this.rooms = rooms;
        this.access = new RoomAccess(rooms);
        this.clock = clock;
    }

    @Override
    public Result<Page<RoomBan, BanCursor>> list(UserId caller, RoomId roomId, @Nullable BanCursor after, int limit) {
        PageLimit.require(limit, PageLimit.PAGE);
        Optional<Refusal> refusal = access.refusalFor(caller, roomId, RoomAction.LIST_BANS);
        return refusal.isPresent()
                ? Result.refused(refusal.get())
                : Result.ok(rooms.bans(roomId, clock.instant(), after, limit));
    }
}
