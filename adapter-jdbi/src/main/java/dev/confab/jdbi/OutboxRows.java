package dev.confab.jdbi;

import dev.confab.chat.model.ChangeId;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomChange.MemberBanned;
import dev.confab.chat.model.RoomChange.MemberJoined;
import dev.confab.chat.model.RoomChange.MemberLeft;
import dev.confab.chat.model.RoomChange.MemberRemoved;
import dev.confab.chat.model.RoomChange.RoleChanged;
import dev.confab.chat.model.RoomChange.RoomClosed;
import dev.confab.chat.model.RoomChange.RoomUpdated;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Changes of rooms as rows of {@code outbox}. */
final class OutboxRows {

    private static final String INSERT = """
            insert into outbox (id, kind, room_id, user_id, role, by_user, new_name, member_version, occurred_at)
            values (:id, :kind, :room, :user, :role, :by, :newName, :version, :at)
            """;

    /** What {@link #read} reads, in its order. */
    static final String COLUMNS = "id, kind, room_id, user_id, role, by_user, new_name, member_version, occurred_at";

    private OutboxRows() {}

    /** Writes changes in their order, inside the transaction that makes them. */
    static void write(Handle handle, List<? extends RoomChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (RoomChange change : changes) {
            UserId user = change instanceof RoomChange.OfMember member ? member.userId() : null;
            Role role = change instanceof RoomChange.OfMember member ? member.role() : null;
            batch.bind("id", ChangeId.random().value())
                    .bind("kind", Kind.of(change).name())
                    .bind("room", change.roomId().value())
                    .bind("user", user == null ? null : user.value())
                    .bind("role", role == null ? null : role.name())
                    .bind("by", change.by().value())
                    .bind("newName", change instanceof RoomUpdated updated ? updated.newName() : null)
                    .bind("version", change.memberVersion())
                    .bind("at", Columns.time(change.occurredAt()))
                    .add();
        }
        batch.execute();
    }

    static Outbox.Entry read(ResultSet row) throws SQLException {
        RoomId room = new RoomId(Columns.uuid(row, 3));
        UserId by = new UserId(Columns.uuid(row, 6));
        long version = row.getLong(8);
        Instant at = Columns.time(row, 9);
        RoomChange change = switch (Kind.valueOf(row.getString(2))) {
            case MEMBER_JOINED -> new MemberJoined(room, user(row), role(row), by, version, at);
            case MEMBER_LEFT -> new MemberLeft(room, user(row), role(row), version, at);
            case MEMBER_REMOVED -> new MemberRemoved(room, user(row), role(row), by, version, at);
            case MEMBER_BANNED -> new MemberBanned(room, user(row), nullableRole(row), by, version, at);
            case ROLE_CHANGED -> new RoleChanged(room, user(row), role(row), by, version, at);
            case ROOM_UPDATED -> new RoomUpdated(room, by, row.getString(7), version, at);
            case ROOM_CLOSED -> new RoomClosed(room, by, version, at);
        };
        return new Outbox.Entry(new ChangeId(Columns.uuid(row, 1)), change);
    }

    private static UserId user(ResultSet row) throws SQLException {
        return new UserId(Columns.uuid(row, 4));
    }

    private static Role role(ResultSet row) throws SQLException {
        return Objects.requireNonNull(nullableRole(row), "a change without its role");
    }

    private static @Nullable Role nullableRole(ResultSet row) throws SQLException {
        String role = row.getString(5);
        return role == null ? null : Role.valueOf(role);
    }

    /** What is written for each kind of change; never renamed. */
    private enum Kind {
        MEMBER_JOINED,
        MEMBER_LEFT,
        MEMBER_REMOVED,
        MEMBER_BANNED,
        ROLE_CHANGED,
        ROOM_UPDATED,
        ROOM_CLOSED;

        static Kind of(RoomChange change) {
            return switch (change) {
                case MemberJoined joined -> MEMBER_JOINED;
                case MemberLeft left -> MEMBER_LEFT;
                case MemberRemoved removed -> MEMBER_REMOVED;
                case MemberBanned banned -> MEMBER_BANNED;
                case RoleChanged changed -> ROLE_CHANGED;
                case RoomUpdated updated -> ROOM_UPDATED;
                case RoomClosed closed -> ROOM_CLOSED;
            };
        }
    }
}
