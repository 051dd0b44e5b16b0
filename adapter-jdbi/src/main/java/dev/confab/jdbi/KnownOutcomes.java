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

    /** Rejections are rare: only in rooms that have any, each key is looked for there. */
    static final String FIND = """
            with k as materialized (
                select * from unnest(:rooms, :senders, :commands) as k (room_id, sender_id, command_id)
            ), refusing as materialized (
                select d.room_id from (select distinct room_id from k) d
                where exists (select 1 from rejections r where r.room_id = d.room_id)
            )
            select %s, null as reason
            from k
            join messages m on m.room_id = k.room_id and m.sender_id = k.sender_id and m.client_msg_id = k.command_id
            left join users u on u.id = m.sender_id
            union all
            select r.room_id, null, 0, r.sender_id, null, r.command_id, null, null, null, null, null, null, r.reason
            from refusing
            join k on k.room_id = refusing.room_id
            join rejections r on r.room_id = k.room_id and r.sender_id = k.sender_id and r.command_id = k.command_id
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
