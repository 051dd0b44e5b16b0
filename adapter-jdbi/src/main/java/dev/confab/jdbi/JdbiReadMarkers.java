package dev.confab.jdbi;

import dev.confab.chat.model.Marking;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.ReadBy;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.Unread;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.ReadMarkers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Read markers in PostgreSQL. Safe on any thread. */
final class JdbiReadMarkers implements ReadMarkers {

    private static final String STATE =
            "m.last_read_message_id, m.last_read_seq, m.last_read_at, " + MembershipRow.UNREAD;

    /** Only forward: of two that mark at once the later message wins, whichever comes last. */
    private static final String MOVE = """
            with moved as (
                update room_members m
                set last_read_message_id = t.id, last_read_seq = t.seq, read_ord = t.ord, last_read_at = :now
                from messages t
                where t.room_id = :room and t.id = :message
                  and m.room_id = :room and m.user_id = :user and m.left_at is null and m.last_read_seq < t.seq
                returning m.*
            )
            select %s from moved m join rooms r on r.id = m.room_id
            """.formatted(STATE);

    private static final String PRESENT = """
            select %s, exists (select 1 from messages t where t.room_id = :room and t.id = :message)
            from room_members m join rooms r on r.id = m.room_id
            where m.room_id = :room and m.user_id = :user and m.left_at is null
            """.formatted(STATE);

    static final String ALL = "select r.id, " + MembershipRow.UNREAD
            + " from room_members m join rooms r on r.id = m.room_id where m.user_id = ? and m.left_at is null";

    private static final String READERS = """
            select user_id, last_read_at from room_members
            where room_id = :room and left_at is null and last_read_seq >= :seq
              and (cast(:author as uuid) is null or user_id <> :author)
              and (cast(:after as uuid) is null or user_id > :after)
            order by user_id limit :limit
            """;

    private final Database database;

    JdbiReadMarkers(Database database) {
        this.database = database;
    }

    @Override
    public Marking mark(RoomId roomId, UserId userId, MessageId messageId, Instant now) {
        return database.read(handle -> move(handle, roomId, userId, messageId, now)
                .orElseGet(() -> present(handle, roomId, userId, messageId)));
    }

    private static Optional<Marking> move(
            Handle handle, RoomId roomId, UserId userId, MessageId messageId, Instant now) {
        return handle.createQuery(MOVE)
                .bind("room", roomId.value())
                .bind("user", userId.value())
                .bind("message", Columns.uuid(messageId))
                .bind("now", Columns.time(now))
                .map((row, context) -> marked(row, true))
                .findOne();
    }

    private static Marking present(Handle handle, RoomId roomId, UserId userId, MessageId messageId) {
        return handle.createQuery(PRESENT)
                .bind("room", roomId.value())
                .bind("user", userId.value())
                .bind("message", Columns.uuid(messageId))
                .map((row, context) -> row.getBoolean(5) ? marked(row, false) : new Marking.MessageNotFound())
                .findOne()
                .orElseGet(Marking.NotAMember::new);
    }

    private static Marking marked(ResultSet row, boolean moved) throws SQLException {
        return new Marking.Marked(
                moved,
                Columns.nullableMessageId(row, 1),
                new Sequence(row.getLong(2)),
                Columns.nullableTime(row, 3),
                row.getLong(4));
    }

    @Override
    public Page<ReadBy, UserId> readers(Message message, @Nullable UserId after, int limit) {
        UserId author = message.senderId();
        List<ReadBy> readers = database.read(handle -> handle.createQuery(READERS)
                .bind("room", message.roomId().value())
                .bind("seq", message.seq().value())
                .bind("author", author == null ? null : author.value())
                .bind("after", after == null ? null : after.value())
                .bind("limit", limit + 1)
                .map((row, context) -> new ReadBy(new UserId(Columns.uuid(row, 1)), Columns.nullableTime(row, 2)))
                .list());
        return Page.of(readers, limit, ReadBy::userId);
    }

    @Override
    public List<Unread> unread(UserId userId) {
        return database.read(handle -> handle.createQuery(ALL)
                .bind(0, userId.value())
                .map((row, context) -> new Unread(new RoomId(Columns.uuid(row, 1)), row.getLong(2)))
                .list());
    }
}
