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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    /**
     * The same for many at once. A row that another transaction holds is left out and not waited for: who waits for one
     * lock while it holds others can be part of a deadlock. Of several markings of one member the latest message wins.
     * Whether somebody left is looked at when the row is found and held: said where it is looked for, it would make indexes
     * of those who are present look as good as the key while nobody has counted the rows yet.
     */
    static final String MOVE_MANY = """
            with latest as (
                select distinct on (t.room_id, w.user_id) w.n, t.room_id, w.user_id, t.id, t.seq, t.ord, w.millis
                from unnest(:rooms, :users, :messages, :millis) with ordinality
                    as w (room_id, user_id, message_id, millis, n)
                join messages t on t.room_id = w.room_id and t.id = w.message_id
                order by t.room_id, w.user_id, t.seq desc, w.n
            ),
            free as (
                select l.*, m.left_at
                from latest l join room_members m on m.room_id = l.room_id and m.user_id = l.user_id
                where m.last_read_seq < l.seq
                for update of m skip locked
            ),
            moved as (
                update room_members m
                set last_read_message_id = f.id, last_read_seq = f.seq, read_ord = f.ord,
                    last_read_at = to_timestamp(f.millis / 1000.0::float8)
                from free f
                where m.room_id = f.room_id and m.user_id = f.user_id and f.left_at is null
                returning m.*, f.n
            )
            select m.n, %s from moved m join rooms r on r.id = m.room_id
            """.formatted(STATE);

    private static final int MOST_AT_ONCE = 500;

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
    private final GroupCommit<Mark, Optional<Marking>> together;

    private record Mark(RoomId roomId, UserId userId, MessageId messageId, Instant now) {}

    JdbiReadMarkers(Database database) {
        this.database = database;
        this.together = new GroupCommit<>(MOST_AT_ONCE, marks -> database.read(handle -> moveTogether(handle, marks)));
    }

    @Override
    public Marking mark(RoomId roomId, UserId userId, MessageId messageId, Instant now) {
        Mark mark = new Mark(roomId, userId, messageId, now);
        return together.call(mark)
                .orElseGet(() -> database.read(handle -> move(handle, mark).orElseGet(() -> present(handle, mark))));
    }

    /** The markings that moved a marker, each in its place; the others are to be looked at alone. */
    private static List<Optional<Marking>> moveTogether(Handle handle, List<Mark> marks) {
        List<Optional<Marking>> moved = new ArrayList<>(Collections.nCopies(marks.size(), Optional.empty()));
        handle.createQuery(MOVE_MANY)
                .bind("rooms", UuidArray.of(marks, mark -> mark.roomId().value()))
                .bind("users", UuidArray.of(marks, mark -> mark.userId().value()))
                .bind("messages", UuidArray.of(marks, mark -> Columns.uuid(mark.messageId())))
                .bind("millis", Columns.longs(marks, mark -> mark.now().toEpochMilli()))
                .map((row, context) -> Map.entry((int) row.getLong(1) - 1, marked(row, 2, true)))
                .forEach(each -> moved.set(each.getKey(), Optional.of(each.getValue())));
        return moved;
    }

    private static Optional<Marking> move(Handle handle, Mark mark) {
        return handle.createQuery(MOVE)
                .bind("room", mark.roomId().value())
                .bind("user", mark.userId().value())
                .bind("message", Columns.uuid(mark.messageId()))
                .bind("now", Columns.time(mark.now()))
                .map((row, context) -> marked(row, 1, true))
                .findOne();
    }

    private static Marking present(Handle handle, Mark mark) {
        return handle.createQuery(PRESENT)
                .bind("room", mark.roomId().value())
                .bind("user", mark.userId().value())
                .bind("message", Columns.uuid(mark.messageId()))
                .map((row, context) -> row.getBoolean(5) ? marked(row, 1, false) : new Marking.MessageNotFound())
                .findOne()
                .orElseGet(Marking.NotAMember::new);
    }

    /** Reads {@link #STATE}, which begins at that column. */
    private static Marking marked(ResultSet row, int column, boolean moved) throws SQLException {
        return new Marking.Marked(
                moved,
                Columns.nullableMessageId(row, column),
                new Sequence(row.getLong(column + 1)),
                Columns.nullableTime(row, column + 2),
                row.getLong(column + 3));
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
