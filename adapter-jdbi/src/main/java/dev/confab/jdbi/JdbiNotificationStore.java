package dev.confab.jdbi;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.NotificationLevel;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.NotificationStore;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Levels and what was not read, in PostgreSQL. Safe on any thread. */
final class JdbiNotificationStore implements NotificationStore {

    private static final String SET_LEVEL =
            "update room_members set notify_level = ? where room_id = ? and user_id = ? and left_at is null";

    static final String CURRENT = "select " + MessageRow.COLUMNS + ", r.name"
            + " from unnest(cast(:rooms as uuid[]), cast(:ids as uuid[])) with ordinality as t(room_id, id, place)"
            + " join messages m on m.room_id = t.room_id and m.id = t.id"
            + " join rooms r on r.id = m.room_id"
            + " join users u on u.id = m.sender_id"
            + " where m.type <> 'SYSTEM' and m.deleted_at is null order by t.place";

    static final String UNAWARE = """
            select user_id from room_members
            where room_id = :room and left_at is null and last_read_seq < :seq
              and (cast(:author as uuid) is null or user_id <> :author)
              and (notify_level = 'ALL' or (notify_level = 'MENTIONS' and user_id = any(cast(:mentions as uuid[]))))
              and (cast(:after as uuid) is null or user_id > :after)
            order by user_id limit :limit
            """;

    private final Database database;

    JdbiNotificationStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean setLevel(RoomId roomId, UserId userId, NotificationLevel level) {
        return database.read(handle -> handle.createUpdate(SET_LEVEL)
                        .bind(0, level.name())
                        .bind(1, roomId.value())
                        .bind(2, userId.value())
                        .execute()
                == 1);
    }

    @Override
    public List<Told> current(Collection<Message> messages) {
        return database.read(handle -> handle.createQuery(CURRENT)
                .bind(
                        "rooms",
                        UuidArray.of(messages, message -> message.roomId().value()))
                .bind("ids", UuidArray.of(messages, message -> Columns.uuid(message.id())))
                .map((row, context) -> new Told(MessageRow.read(row), row.getString(MessageRow.WIDTH + 1)))
                .list());
    }

    @Override
    public Page<UserId, UserId> unaware(Message message, @Nullable UserId after, int limit) {
        UserId author = message.senderId();
        List<UserId> unaware = database.read(handle -> handle.createQuery(UNAWARE)
                .bind("room", message.roomId().value())
                .bind("seq", message.seq().value())
                .bind("author", author == null ? null : author.value())
                .bind("mentions", UuidArray.of(message.mentions(), UserId::value))
                .bind("after", after == null ? null : after.value())
                .bind("limit", limit + 1)
                .map((row, context) -> new UserId(Columns.uuid(row, 1)))
                .list());
        return Page.of(unaware, limit, Function.identity());
    }
}
