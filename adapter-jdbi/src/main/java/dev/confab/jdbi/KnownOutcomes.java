package dev.confab.jdbi;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.timeline.CommandKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Looks up what became of commands (G2). */
final class KnownOutcomes {

    /**
     * A command's key within all rooms.
     *
     * @param key its key within its room
     */
    record Key(RoomId roomId, CommandKey key) {
        static Key of(Command command) {
            return new Key(command.roomId(), CommandKey.of(command));
        }
    }

    /**
     * One probe of each index per key, whatever the planner believes about the tables: the limit keeps it from reading
     * a whole table to join it.
     */
    private static final String FIND = """
            with k as materialized (
                select * from unnest(:rooms, :senders, :commands) as k (room_id, sender_id, command_id)
            )
            select %s, null as reason
            from k
            cross join lateral (
                select * from messages s
                where s.room_id = k.room_id and s.sender_id = k.sender_id and s.client_msg_id = k.command_id
                limit 1
            ) m
            left join users u on u.id = m.sender_id
            union all
            select r.room_id, null, 0, r.sender_id, null, r.command_id, null, null, null, null, null, null, r.reason
            from k
            cross join lateral (
                select * from rejections s
                where s.room_id = k.room_id and s.sender_id = k.sender_id and s.command_id = k.command_id
                limit 1
            ) r
            """.formatted(MessageRow.COLUMNS);

    private static final int REASON = MessageRow.WIDTH + 1;

    private KnownOutcomes() {}

    /** The outcomes of those of {@code keys} that have one. */
    static Map<Key, Outcome> find(Handle handle, Collection<Key> keys) {
        Map<Key, Outcome> outcomes = new HashMap<>();
        if (keys.isEmpty()) {
            return outcomes;
        }
        handle.createQuery(FIND)
                .bind("rooms", UuidArray.of(keys, key -> key.roomId().value()))
                .bind("senders", UuidArray.of(keys, key -> key.key().senderId().value()))
                .bind(
                        "commands",
                        UuidArray.of(keys, key -> key.key().commandId().value()))
                .map((row, context) -> {
                    Key key = new Key(
                            new RoomId(Columns.uuid(row, 1)),
                            new CommandKey(
                                    new UserId(Columns.uuid(row, 4)), new ClientMessageId(Columns.uuid(row, 6))));
                    String reason = row.getString(REASON);
                    return Map.entry(
                            key,
                            reason == null
                                    ? new Outcome.Persisted(MessageRow.read(row))
                                    : (Outcome) new Outcome.Rejected(Rejection.ofCode(reason)));
                })
                .forEach(found -> outcomes.put(found.getKey(), found.getValue()));
        return outcomes;
    }
}
