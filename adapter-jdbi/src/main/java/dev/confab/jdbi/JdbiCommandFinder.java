package dev.confab.jdbi;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandFinder;
import dev.confab.chat.timeline.CommandKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Finds commands by their names in PostgreSQL. No index leads with the name, because every stored message would pay for
 * it: without a room all messages are read through.
 */
final class JdbiCommandFinder implements CommandFinder {

    private final Database database;

    JdbiCommandFinder(Database database) {
        this.database = database;
    }

    private record Row(
            RoomId roomId,
            UserId senderId,
            @Nullable Instant at,
            @Nullable Integer partition,
            long offset) {}

    @Override
    public List<Found> find(ClientMessageId commandId, @Nullable RoomId roomId, @Nullable UserId senderId) {
        String narrowed =
                (roomId == null ? "" : " and room_id = :room") + (senderId == null ? "" : " and sender_id = :sender");
        return database.read(handle -> {
            Query query = handle.createQuery(find(narrowed)).bind("command", commandId.value());
            if (roomId != null) {
                query.bind("room", roomId.value());
            }
            if (senderId != null) {
                query.bind("sender", senderId.value());
            }
            List<Row> rows = query.map((row, context) -> new Row(
                            new RoomId(Columns.uuid(row, 1)),
                            new UserId(Columns.uuid(row, 2)),
                            Columns.nullableTime(row, 3),
                            row.getObject(4, Integer.class),
                            row.getLong(5)))
                    .list();
            return withOutcomes(handle, rows, commandId);
        });
    }

    private static List<Found> withOutcomes(Handle handle, List<Row> rows, ClientMessageId commandId) {
        List<Found> found = new ArrayList<>(rows.size());
        for (Row row : rows) {
            KnownOutcomes.find(handle, row.roomId(), new CommandKey(row.senderId(), commandId))
                    .ifPresent(outcome -> found.add(
                            new Found(row.roomId(), row.senderId(), outcome, row.at(), row.partition(), row.offset())));
        }
        return found;
    }

    private static String find(String narrowed) {
        return """
                select room_id, sender_id, created_at, kafka_partition, kafka_offset
                from messages where client_msg_id = :command %1$s
                union all
                select room_id, sender_id, null, null, 0 from message_changes where command_id = :command %1$s
                union all
                select room_id, sender_id, rejected_at, null, 0 from rejections where command_id = :command %1$s
                """.formatted(narrowed);
    }
}
