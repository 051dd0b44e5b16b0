package dev.confab.jdbi;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomListCursor;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's rooms, latest activity first. One person's rooms are few: they are sorted when asked for, and no index has
 * to follow every message.
 */
final class RoomList {

    private static final String ACTIVITY = "coalesce(r.last_message_at, r.created_at)";

    private static final String SELECT = "select " + RoomRow.COLUMNS + ", m.last_read_seq, m.role, "
            + MembershipRow.UNREAD + " as unread"
            + " from (select r.id from room_members m join rooms r on r.id = m.room_id"
            + " where m.user_id = :user and m.left_at is null %s"
            + " order by " + ACTIVITY + " desc, r.id limit :limit) p"
            + " join rooms r on r.id = p.id join room_members m on m.room_id = p.id and m.user_id = :user"
            + " order by " + ACTIVITY + " desc, r.id";
    static final String FIRST = SELECT.formatted("");
    static final String NEXT =
            SELECT.formatted("and (" + ACTIVITY + " < :activity or " + ACTIVITY + " = :activity and r.id > :room)");

    private static final String LAST_MESSAGES = "select " + MessageRow.COLUMNS
            + " from unnest(?, ?) as k (room_id, id)"
            + " join messages m on m.room_id = k.room_id and m.id = k.id left join users u on u.id = m.sender_id";

    private final Handle handle;
    private final UserId userId;

    RoomList(Handle handle, UserId userId) {
        this.handle = handle;
        this.userId = userId;
    }

    Page<RoomSummary, RoomListCursor> page(@Nullable RoomListCursor after, int limit) {
        Query query = handle.createQuery(after == null ? FIRST : NEXT)
                .bind("user", userId.value())
                .bind("limit", limit + 1);
        if (after != null) {
            query.bind("activity", Columns.time(after.lastActivity()))
                    .bind("room", after.id().value());
        }
        List<Entry> entries = query.map((row, context) -> new Entry(
                        RoomRow.read(row),
                        new Sequence(row.getLong(RoomRow.WIDTH + 1)),
                        Role.valueOf(row.getString(RoomRow.WIDTH + 2)),
                        row.getLong(RoomRow.WIDTH + 3)))
                .list();
        Page<Entry, RoomListCursor> page = Page.of(entries, limit, Entry::cursor);
        Map<RoomId, Message> lastMessages = lastMessages(page.items());
        return new Page<>(
                page.items().stream()
                        .map(entry ->
                                entry.summary(lastMessages.get(entry.room().id())))
                        .toList(),
                page.nextCursor());
    }

    private Map<RoomId, Message> lastMessages(List<Entry> entries) {
        List<Room> rooms = entries.stream()
                .map(Entry::room)
                .filter(room -> room.lastMessageId() != null)
                .toList();
        Map<RoomId, Message> messages = new HashMap<>();
        if (!rooms.isEmpty()) {
            handle.createQuery(LAST_MESSAGES)
                    .bind(0, UuidArray.of(rooms, room -> room.id().value()))
                    .bind(1, UuidArray.of(rooms, room -> Columns.nullableUuid(room.lastMessageId())))
                    .map((row, context) -> MessageRow.read(row))
                    .forEach(message -> messages.put(message.roomId(), message));
        }
        return messages;
    }

    private record Entry(Room room, Sequence lastReadSeq, Role role, long unread) {

        RoomListCursor cursor() {
            return new RoomListCursor(Objects.requireNonNullElse(room.lastMessageAt(), room.createdAt()), room.id());
        }

        RoomSummary summary(@Nullable Message lastMessage) {
            return new RoomSummary(room, unread, lastReadSeq, role, lastMessage);
        }
    }
}
