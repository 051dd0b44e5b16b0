package dev.confab.jdbi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.model.DirectPair;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.SearchKey;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A room as a row: {@code rooms r}. */
final class RoomRow {

    /** What {@link #read} reads, in its order. */
    static final String COLUMNS = "r.id, r.name, r.type, r.visibility, r.status, r.booking_id, r.capacity,"
            + " r.metadata::text, r.created_by, r.created_at, r.member_count, r.last_seq, r.last_message_id,"
            + " r.last_message_at, r.member_version, r.direct_key,"
            + " (select u.nickname from users u where u.id = cast(split_part(r.direct_key, ':', 1) as uuid)),"
            + " (select u.nickname from users u where u.id = cast(split_part(r.direct_key, ':', 2) as uuid))";

    /** How many columns that are. */
    static final int WIDTH = 18;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> OBJECT = new TypeReference<>() {};

    private RoomRow() {}

    /** Reads a room from the first {@link #WIDTH} columns. */
    static Room read(ResultSet row) throws SQLException {
        return new Room(
                new RoomId(Columns.uuid(row, 1)),
                row.getString(2),
                RoomType.valueOf(row.getString(3)),
                Visibility.valueOf(row.getString(4)),
                RoomStatus.valueOf(row.getString(5)),
                row.getString(6),
                row.getObject(7, Integer.class),
                metadata(row.getString(8)),
                new UserId(Columns.uuid(row, 9)),
                Columns.time(row, 10),
                row.getInt(11),
                new Sequence(row.getLong(12)),
                Columns.nullableMessageId(row, 13),
                Columns.nullableTime(row, 14),
                row.getLong(15),
                pair(row));
    }

    private static @Nullable DirectPair pair(ResultSet row) throws SQLException {
        String key = row.getString(16);
        if (key == null) {
            return null;
        }
        String[] ids = key.split(":", 2);
        return new DirectPair(
                new DirectPair.Peer(new UserId(UUID.fromString(ids[0])), row.getString(17)),
                new DirectPair.Peer(new UserId(UUID.fromString(ids[1])), row.getString(18)));
    }

    /** The two in the order of their room's key. */
    static DirectPair inOrder(DirectPair.Peer one, DirectPair.Peer other) {
        return one.id().toString().compareTo(other.id().toString()) < 0
                ? new DirectPair(one, other)
                : new DirectPair(other, one);
    }

    /** What is unique for a DIRECT room; null for others. */
    static @Nullable String directKey(@Nullable DirectPair pair) {
        return pair == null ? null : pair.first().id() + ":" + pair.second().id();
    }

    /** The name as it is searched. */
    static @Nullable String key(@Nullable String name) {
        return name == null ? null : SearchKey.of(name);
    }

    /** The JSON text of a room's metadata. */
    static String json(Map<String, @Nullable Object> metadata) {
        try {
            return JSON.writeValueAsString(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The metadata cannot be written as JSON", e);
        }
    }

    private static Map<String, @Nullable Object> metadata(String json) throws SQLException {
        try {
            return Collections.unmodifiableMap(JSON.readValue(json, OBJECT));
        } catch (JsonProcessingException e) {
            throw new SQLException("The metadata of a room is no JSON object", e);
        }
    }
}
