package dev.confab.jdbi;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SearchQuery;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.MessageSearch;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Searches in PostgreSQL. Safe on any thread. */
final class JdbiMessageSearch implements MessageSearch {

    private static final String MINE = "select room_id from room_members where user_id = :user and left_at is null"
            + " and (cast(:room as uuid) is null or room_id = :room)";

    private static final String BEHIND = "select r.id from rooms r left join search_progress p on p.room_id = r.id"
            + " where r.last_seq > coalesce(p.indexed_seq, 0) limit ?";

    private final Database database;

    JdbiMessageSearch(Database database) {
        this.database = database;
    }

    @Override
    public Page<Message, MessageId> search(
            UserId userId, @Nullable RoomId roomId, SearchQuery query, @Nullable MessageId before, int limit) {
        return database.read(handle -> {
            List<RoomId> mine = handle.createQuery(MINE)
                    .bind("user", userId.value())
                    .bind("room", roomId == null ? null : roomId.value())
                    .map((row, context) -> new RoomId(Columns.uuid(row, 1)))
                    .list();
            List<Message> found = new FoundMessages(handle, query).find(mine, before, limit + 1);
            return Page.of(found, limit, Message::id);
        });
    }

    @Override
    public Set<RoomId> index(Collection<RoomId> roomIds) {
        return roomIds.isEmpty() ? Set.of() : database.write(handle -> new SearchIndexing(handle).follow(roomIds));
    }

    @Override
    public List<RoomId> behind(int limit) {
        return database.read(handle -> handle.createQuery(BEHIND)
                .bind(0, limit)
                .map((row, context) -> new RoomId(Columns.uuid(row, 1)))
                .list());
    }
}
