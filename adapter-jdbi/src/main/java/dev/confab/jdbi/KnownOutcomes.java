package dev.confab.jdbi;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.MessageChange;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.timeline.CommandKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Looks up what became of commands (G2). */
final class KnownOutcomes {

    /** Rejections, changes and what is known of purged parts are rare: only in rooms that have any, each key is looked for there. */
    static final String FIND = """
            with k as materialized (
                select unnest(:rooms) as room_id, unnest(:senders) as sender_id, unnest(:commands) as command_id
            ), refusing as materialized (
                select d.room_id from (select distinct room_id from k) d
                where exists (select 1 from rejections r where r.room_id = d.room_id)
            ), changing as materialized (
                select d.room_id from (select distinct room_id from k) d
                where exists (select 1 from message_changes c where c.room_id = d.room_id)
            ), purged as materialized (
                select d.room_id from (select distinct room_id from k) d
                where exists (select 1 from purged_commands p where p.room_id = d.room_id)
            )
            select %1$s, k.sender_id, k.command_id, null as reason, null as kind, 0 as change_seq
            from k
            join messages m on m.room_id = k.room_id and m.sender_id = k.sender_id and m.client_msg_id = k.command_id
            left join users u on u.id = m.sender_id
            union all
            select %1$s, k.sender_id, k.command_id, null, c.kind, c.seq
            from changing
            join k on k.room_id = changing.room_id
            join message_changes c on c.room_id = k.room_id and c.sender_id = k.sender_id and c.command_id = k.command_id
            join messages m on m.room_id = c.room_id and m.id = c.message_id
            left join users u on u.id = m.sender_id
            union all
            select p.room_id, p.message_id, p.message_seq, p.author_id, u.nickname, p.client_msg_id, p.type,
                   null, null, null, null, p.purged_at, p.sender_id, p.command_id, null, p.kind, p.change_seq
            from purged
            join k on k.room_id = purged.room_id
            join purged_commands p on p.room_id = k.room_id and p.sender_id = k.sender_id and p.command_id = k.command_id
            left join users u on u.id = p.author_id
            union all
            select r.room_id, null, 0, null, null, null, null, null, null, null, null, null,
                   r.sender_id, r.command_id, r.reason, null, 0
            from refusing
            join k on k.room_id = refusing.room_id
            join rejections r on r.room_id = k.room_id and r.sender_id = k.sender_id and r.command_id = k.command_id
            """.formatted(MessageRow.COLUMNS);

    private static final int SENDER = MessageRow.WIDTH + 1;
    private static final int COMMAND = MessageRow.WIDTH + 2;
    private static final int REASON = MessageRow.WIDTH + 3;
    private static final int KIND = MessageRow.WIDTH + 4;
    private static final int CHANGE_SEQ = MessageRow.WIDTH + 5;

    private KnownOutcomes() {}

    /** The outcomes of those of the commands that have one, by room. */
    static Map<RoomId, Map<CommandKey, Outcome>> find(Handle handle, Collection<? extends Command> commands) {
        Map<RoomId, Map<CommandKey, Outcome>> outcomes = new HashMap<>();
        if (!commands.isEmpty()) {
            handle.createQuery(FIND)
                    .bind(
                            "rooms",
                            UuidArray.of(commands, command -> command.roomId().value()))
                    .bind(
                            "senders",
                            UuidArray.of(commands, command -> command.senderId().value()))
                    .bind(
                            "commands",
                            UuidArray.of(
                                    commands, command -> command.commandId().value()))
                    .map((row, context) -> read(row))
                    .forEach(known -> outcomes.computeIfAbsent(known.roomId(), room -> new HashMap<>())
                            .put(known.key(), known.outcome()));
        }
        return outcomes;
    }

    /** The outcome of one command. */
    static Optional<Outcome> find(Handle handle, RoomId roomId, CommandKey key) {
        return handle.createQuery(FIND)
                .bind("rooms", UuidArray.of(List.of(roomId), RoomId::value))
                .bind(
                        "senders",
                        UuidArray.of(List.of(key), one -> one.senderId().value()))
                .bind(
                        "commands",
                        UuidArray.of(List.of(key), one -> one.commandId().value()))
                .map((row, context) -> read(row).outcome())
                .findFirst();
    }

    private record Known(RoomId roomId, CommandKey key, Outcome outcome) {}

    private static Known read(ResultSet row) throws SQLException {
        return new Known(
                new RoomId(Columns.uuid(row, 1)),
                new CommandKey(new UserId(Columns.uuid(row, SENDER)), new ClientMessageId(Columns.uuid(row, COMMAND))),
                outcome(row));
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        String reason = row.getString(REASON);
        if (reason != null) {
            return new Outcome.Rejected(Rejection.ofCode(reason));
        }
        String kind = row.getString(KIND);
        return kind == null
                ? new Outcome.Persisted(MessageRow.read(row))
                : new Outcome.Changed(
                        MessageRow.read(row), MessageChange.valueOf(kind), new Sequence(row.getLong(CHANGE_SEQ)));
    }
}
