package dev.confab.jdbi;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A message as a row: {@code messages m}, joined with its sender, {@code users u}. */
final class MessageRow {

    /** What {@link #read} reads, in its order. */
    static final String COLUMNS = "m.room_id, m.id, m.seq, m.sender_id, u.nickname, m.client_msg_id, m.type,"
            + " m.content, m.reply_to, m.mentions::text[], m.edited_at, m.deleted_at";

    /** How many columns that are. */
    static final int WIDTH = 12;

    private MessageRow() {}

    /** Reads a message from the first {@link #WIDTH} columns. */
    static Message read(ResultSet row) throws SQLException {
        MessageType type = MessageType.valueOf(row.getString(7));
        boolean system = type == MessageType.SYSTEM;
        MessageId id = Columns.messageId(Columns.uuid(row, 2));
        Instant deletedAt = Columns.nullableTime(row, 12);
        return new Message(
                id,
                new Sequence(row.getLong(3)),
                new RoomId(Columns.uuid(row, 1)),
                system ? null : new UserId(Columns.uuid(row, 4)),
                system ? null : row.getString(5),
                new ClientMessageId(Columns.uuid(row, 6)),
                type,
                deletedAt == null ? row.getString(8) : null,
                Columns.nullableMessageId(row, 9),
                mentions(row.getArray(10)),
                id.createdAt(),
                Columns.nullableTime(row, 11),
                deletedAt);
    }

    /** The ids as an array in text form; null when there are none. */
    static @Nullable String mentions(List<UserId> ids) {
        return ids.isEmpty() ? null : ids.stream().map(UserId::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static List<UserId> mentions(@Nullable Array ids) throws SQLException {
        if (ids == null) {
            return List.of();
        }
        return Arrays.stream((String[]) ids.getArray())
                .map(id -> new UserId(UUID.fromString(id)))
                .toList();
    }
}
