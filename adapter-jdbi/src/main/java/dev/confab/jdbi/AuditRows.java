package dev.confab.jdbi;

import dev.confab.chat.model.AuditAction;
import dev.confab.chat.model.AuditCursor;
import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What moderators did: {@code audit_log}. */
final class AuditRows {

    private static final String INSERT = """
            insert into audit_log (room_id, action, by_user, user_id, message_id, role, detail, at)
            values (:room, :action, :by, :user, :message, :role, :detail, :at)
            """;

    private static final String PAGE = """
            select position, action, by_user, user_id, message_id, role, detail, at from audit_log
            where room_id = :room and position < :before
            order by position desc limit :limit
            """;

    private record Row(long position, AuditEntry entry) {}

    private AuditRows() {}

    /** Writes an entry, inside the transaction of the act, which holds the room's lock. */
    static void write(Handle handle, AuditEntry entry) {
        UserId user = entry.userId();
        MessageId message = entry.messageId();
        Role role = entry.role();
        handle.createUpdate(INSERT)
                .bind("room", entry.roomId().value())
                .bind("action", entry.action().name())
                .bind("by", entry.by().value())
                .bind("user", user == null ? null : user.value())
                .bind("message", Columns.nullableUuid(message))
                .bind("role", role == null ? null : role.name())
                .bind("detail", entry.detail())
                .bind("at", Columns.time(entry.at()))
                .execute();
    }

    static Page<AuditEntry, AuditCursor> page(Handle handle, RoomId roomId, @Nullable AuditCursor after, int limit) {
        List<Row> rows = handle.createQuery(PAGE)
                .bind("room", roomId.value())
                .bind("before", after == null ? Long.MAX_VALUE : after.position())
                .bind("limit", limit + 1)
                .map((row, context) -> new Row(row.getLong(1), read(roomId, row)))
                .list();
        Page<Row, AuditCursor> page = Page.of(rows, limit, row -> new AuditCursor(row.position()));
        return new Page<>(page.items().stream().map(Row::entry).toList(), page.nextCursor());
    }

    private static AuditEntry read(RoomId roomId, ResultSet row) throws SQLException {
        UUID user = Columns.nullableUuid(row, 4);
        String role = row.getString(6);
        return new AuditEntry(
                roomId,
                AuditAction.valueOf(row.getString(2)),
                new UserId(Columns.uuid(row, 3)),
                user == null ? null : new UserId(user),
                Columns.nullableMessageId(row, 5),
                role == null ? null : Role.valueOf(role),
                row.getString(7),
                Columns.time(row, 8));
    }
}
