package dev.confab.jdbi;

import dev.confab.chat.model.BanCursor;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomBan;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Who is banned from one room: {@code room_bans}. */
final class RoomBans {

    private static final String PUT = """
            insert into room_bans (room_id, user_id, reason, until, banned_by, created_at)
            values (:room, :user, :reason, :until, :by, :now)
            on conflict (room_id, user_id) do update
            set reason = excluded.reason, until = excluded.until, banned_by = excluded.banned_by,
                created_at = excluded.created_at
            """;

    private static final String SELECT = """
            select user_id, reason, until, banned_by, created_at from room_bans
            where room_id = :room and (until is null or until > :now) %s
            order by created_at, user_id limit :limit
            """;
    private static final String FIRST = SELECT.formatted("");
    private static final String NEXT = SELECT.formatted("and (created_at, user_id) > (:createdAt, :user)");

    private final Handle handle;
    private final RoomId roomId;

    RoomBans(Handle handle, RoomId roomId) {
        this.handle = handle;
        this.roomId = roomId;
    }

    void put(RoomAct.Ban ban, UserId by, Instant now) {
        handle.createUpdate(PUT)
                .bind("room", roomId.value())
                .bind("user", ban.userId().value())
                .bind("reason", ban.reason())
                .bind("until", ban.until() == null ? null : Columns.time(ban.until()))
                .bind("by", by.value())
                .bind("now", Columns.time(now))
                .execute();
    }

    void remove(UserId userId) {
        handle.createUpdate("delete from room_bans where room_id = ? and user_id = ?")
                .bind(0, roomId.value())
                .bind(1, userId.value())
                .execute();
    }

    Page<RoomBan, BanCursor> page(Instant now, @Nullable BanCursor after, int limit) {
        Query query = handle.createQuery(after == null ? FIRST : NEXT)
                .bind("room", roomId.value())
                .bind("now", Columns.time(now))
                .bind("limit", limit + 1);
        if (after != null) {
            query.bind("createdAt", Columns.time(after.createdAt()))
                    .bind("user", after.id().value());
        }
        List<RoomBan> bans = query.map((row, context) -> new RoomBan(
                        roomId,
                        new UserId(Columns.uuid(row, 1)),
                        row.getString(2),
                        Columns.nullableTime(row, 3),
                        new UserId(Columns.uuid(row, 4)),
                        Columns.time(row, 5)))
                .list();
        return Page.of(bans, limit, ban -> new BanCursor(ban.createdAt(), ban.userId()));
    }
}
