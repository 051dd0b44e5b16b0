package dev.confab.jdbi;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.port.out.MessageRetention.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Deletes one part of a room's timeline, inside one transaction, under the room's lock. */
final class PurgingTransaction {

    private static final String LOCK = "select purged_seq from rooms where id = ? for no key update";

    private static final String CUT = """
            select exists (
                select 1 from message_changes c join messages m on m.room_id = c.room_id and m.id = c.message_id
                where c.room_id = :room and c.seq > :upTo and m.seq <= :upTo)
            """;

    private static final String REMEMBER_CHANGES = """
            insert into purged_commands (room_id, sender_id, command_id, message_id, message_seq, author_id,
                client_msg_id, type, kind, change_seq, purged_at)
            select c.room_id, c.sender_id, c.command_id, m.id, m.seq, m.sender_id, m.client_msg_id, m.type, c.kind,
                c.seq, :now
            from message_changes c join messages m on m.room_id = c.room_id and m.id = c.message_id
            where c.room_id = :room and c.seq <= :upTo
            """;

    private static final String REMEMBER_MESSAGES = """
            insert into purged_commands (room_id, sender_id, command_id, message_id, message_seq, author_id,
                client_msg_id, type, kind, change_seq, purged_at)
            select room_id, sender_id, client_msg_id, id, seq, sender_id, client_msg_id, type, null, 0, :now
            from messages where room_id = :room and seq <= :upTo
            """;

    private static final String POSTINGS = """
            delete from search_postings p using (
                select s.message_id, unnest(s.lists) as list
                from messages m join search_messages s on s.room_id = m.room_id and s.message_id = m.id
                where m.room_id = :room and m.seq <= :upTo
            ) g
            where p.list = g.list and p.message_id = g.message_id
            """;

    private static final String SEARCHED = """
            delete from search_messages s using messages m
            where m.room_id = :room and m.seq <= :upTo and s.room_id = m.room_id and s.message_id = m.id
            """;

    /** Whoever had not read what goes has nothing unread there any more. */
    private static final String MARKERS = """
            update room_members s set read_ord = g.ord
            from (select max(ord) as ord from messages where room_id = :room and seq <= :upTo) g
            where s.room_id = :room and s.read_ord < g.ord
            """;

    private static final List<String> STEPS = List.of(
            // Whoever indexes the room waits, and then finds these messages gone.
            "select 1 from search_progress where room_id = :room for update",
            POSTINGS,
            SEARCHED,
            MARKERS,
            REMEMBER_CHANGES,
            REMEMBER_MESSAGES,
            "delete from message_changes where room_id = :room and seq <= :upTo",
            "delete from messages where room_id = :room and seq <= :upTo",
            "update rooms set purged_seq = :upTo where id = :room");

    private final Handle handle;
    private final Instant now;

    PurgingTransaction(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    boolean purge(RoomId roomId, Part part) {
        Optional<Sequence> purged = handle.createQuery(LOCK)
                .bind(0, roomId.value())
                .map((row, context) -> new Sequence(row.getLong(1)))
                .findOne();
        if (!purged.equals(Optional.of(part.after())) || isCut(roomId, part)) {
            return false;
        }
        for (String step : STEPS) {
            handle.createUpdate(step)
                    .bind("room", roomId.value())
                    .bind("upTo", part.upTo().value())
                    .bind("now", Columns.time(now))
                    .execute();
        }
        return true;
    }

    private boolean isCut(RoomId roomId, Part part) {
        return handle.createQuery(CUT)
                .bind("room", roomId.value())
                .bind("upTo", part.upTo().value())
                .mapTo(Boolean.class)
                .one();
    }
}
