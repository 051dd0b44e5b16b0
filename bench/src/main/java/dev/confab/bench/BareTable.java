package dev.confab.bench;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.postgresql.PGConnection;

/** The table of messages, written by plain statements: each call is a transaction. Used by one thread. */
final class BareTable {

    private static final String COLUMNS = "room_id, id, sender_id, client_msg_id, seq, ord, created_at, kafka_offset,"
            + " kafka_partition, type, content, reply_to";

    private static final String UPSERT = "insert into messages (" + COLUMNS + ")"
            + " select f.room_id, f.id, f.sender_id, f.client_msg_id, f.seq, f.seq,"
            + " to_timestamp(f.millis / 1000.0::float8), f.log_offset, 0, f.type, f.content, null"
            + " from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[],"
            + " ?::text[], ?::text[])"
            + " as f (room_id, id, sender_id, client_msg_id, seq, millis, log_offset, type, content)"
            + " on conflict do nothing";

    private final Connection connection;

    BareTable(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    void copy(List<Message> messages, long offset) throws SQLException {
        StringBuilder rows = new StringBuilder(messages.size() * 400);
        long at = offset;
        for (Message message : messages) {
            rows.append(message.roomId()).append('\t');
            rows.append(uuid(message.id())).append('\t');
            rows.append(message.senderId()).append('\t');
            rows.append(message.clientMessageId()).append('\t');
            rows.append(message.seq().value()).append('\t');
            rows.append(message.seq().value()).append('\t');
            rows.append(message.createdAt()).append('\t');
            rows.append(at++).append("\t0\tTEXT\t");
            rows.append(message.content()).append("\t\\N\n");
        }
        try {
            long unused = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy messages (" + COLUMNS + ") from stdin", new StringReader(rows.toString()));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        connection.commit();
    }

    void upsert(List<Message> messages, long offset) throws SQLException {
        insert(messages, offset);
        connection.commit();
    }

    /** The same by one insert with as many tuples of values. */
    void insertValues(List<Message> messages, long offset) throws SQLException {
        String tuple = "(?, ?, ?, ?, ?, ?, to_timestamp(?::float8 / 1000), ?, 0, 'TEXT', ?, null)";
        String sql = "insert into messages (" + COLUMNS + ") values "
                + String.join(", ", Collections.nCopies(messages.size(), tuple)) + " on conflict do nothing";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = 1;
            long place = offset;
            for (Message message : messages) {
                statement.setObject(at++, message.roomId().value());
                statement.setObject(at++, uuid(message.id()));
                statement.setObject(at++, UUID.fromString(String.valueOf(message.senderId())));
                statement.setObject(at++, message.clientMessageId().value());
                statement.setLong(at++, message.seq().value());
                statement.setLong(at++, message.seq().value());
                statement.setLong(at++, message.createdAt().toEpochMilli());
                statement.setLong(at++, place++);
                statement.setString(at++, message.content());
            }
            if (statement.executeUpdate() != messages.size()) {
                throw new IllegalStateException("not all rows were new");
            }
        }
        connection.commit();
    }

    /** The same as part of a transaction. */
    void insert(List<Message> messages, long offset) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            set(statement, 1, "uuid", messages, message -> message.roomId().value());
            set(statement, 2, "uuid", messages, message -> uuid(message.id()));
            set(statement, 3, "uuid", messages, message -> UUID.fromString(String.valueOf(message.senderId())));
            set(
                    statement,
                    4,
                    "uuid",
                    messages,
                    message -> message.clientMessageId().value());
            set(statement, 5, "bigint", messages, message -> message.seq().value());
            set(statement, 6, "bigint", messages, message -> message.createdAt().toEpochMilli());
            long[] at = {offset};
            set(statement, 7, "bigint", messages, message -> at[0]++);
            set(statement, 8, "text", messages, message -> "TEXT");
            set(statement, 9, "text", messages, message -> String.valueOf(message.content()));
            if (statement.executeUpdate() != messages.size()) {
                throw new IllegalStateException("not all rows were new");
            }
        }
    }

    private static void set(
            PreparedStatement statement,
            int index,
            String type,
            List<Message> messages,
            Function<Message, Object> value)
            throws SQLException {
        Array array = statement
                .getConnection()
                .createArrayOf(type, messages.stream().map(value).toArray());
        statement.setArray(index, array);
    }

    static UUID uuid(MessageId id) {
        return new UUID(id.high(), id.low());
    }
}
