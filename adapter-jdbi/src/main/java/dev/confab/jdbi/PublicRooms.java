package dev.confab.jdbi;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomCursor;
import dev.confab.chat.model.SearchKey;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Open public rooms, the newest first: one range of the index that holds them alone. */
final class PublicRooms {

    private static final String SELECT = "select " + RoomRow.COLUMNS
            + " from rooms r where r.visibility = 'PUBLIC' and r.status = 'OPEN'"
            + " and position(:part in r.name_key) > 0 %s order by r.created_at desc, r.id limit :limit";
    static final String FIRST = SELECT.formatted("");
    static final String NEXT =
            SELECT.formatted("and r.created_at <= :createdAt and (r.created_at < :createdAt or r.id > :room)");

    private PublicRooms() {}

    static Page<Room, RoomCursor> page(Handle handle, String name, @Nullable RoomCursor after, int limit) {
        Query query = handle.createQuery(after == null ? FIRST : NEXT)
                .bind("part", SearchKey.of(name))
                .bind("limit", limit + 1);
        if (after != null) {
            query.bind("createdAt", Columns.time(after.createdAt()))
                    .bind("room", after.id().value());
        }
        List<Room> rooms = query.map((row, context) -> RoomRow.read(row)).list();
        return Page.of(rooms, limit, room -> new RoomCursor(room.createdAt(), room.id()));
    }
}
