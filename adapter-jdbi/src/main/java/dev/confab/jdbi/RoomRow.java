package dev.confab.jdbi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A room as a row: {@code rooms r}. */
final class RoomRow {

    /** What {@link #read} reads, in its order. */
    static final String COLUMNS = "r.id, r.name, r.type, r.visibility, r.status, r.booking_id, r.capacity,"
            + " r.metadata::text, r.created_by, r.created_at, r.member_count, r.last_seq, r.last_message_id,"
            + " r.last_message_at, r.member_version";

    /** How many columns that are. */
    static final int WIDTH = 15;

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
                row.getLong(15));
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
