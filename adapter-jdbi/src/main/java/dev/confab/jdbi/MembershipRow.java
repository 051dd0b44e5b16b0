package dev.confab.jdbi;

import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A membership as a row: {@code room_members m}, joined with {@code users u}. */
final class MembershipRow {

    /** What {@link #read} reads, in its order. */
    static final String COLUMNS =
            "m.room_id, m.user_id, u.nickname, m.role, m.joined_at, m.last_read_message_id, m.last_read_seq";

    /**
     * Other people's messages after the marker that are neither deleted nor SYSTEM (G8), from {@code rooms r} and
     * {@code room_members m}: a difference of two counts, less the few that were deleted. Who sends moves the own
     * marker, so none after it is one's own.
     */
    static final String UNREAD = """
            greatest(0, r.ord - m.read_ord - (
                select count(*) from messages d
                where d.room_id = r.id and d.ord > m.read_ord and d.deleted_at is not null and d.type <> 'SYSTEM'))""";

    private MembershipRow() {}

    static Membership read(ResultSet row) throws SQLException {
        return new Membership(
                new RoomId(Columns.uuid(row, 1)),
                new UserId(Columns.uuid(row, 2)),
                row.getString(3),
                Role.valueOf(row.getString(4)),
                Columns.time(row, 5),
                Columns.nullableMessageId(row, 6),
                new Sequence(row.getLong(7)));
    }
}
