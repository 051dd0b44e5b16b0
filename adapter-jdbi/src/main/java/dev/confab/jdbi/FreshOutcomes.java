package dev.confab.jdbi;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.timeline.CommandKey;
import dev.confab.chat.timeline.Decision;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/**
 * Writes what was decided, with one statement per table. The insert of messages unnests its arrays side by side in its
 * select list, which spares the server to keep them as tables first.
 */
final class FreshOutcomes {

    /**
     * A message to be written.
     *
     * @param sender who sent the command; also where the message itself has no sender
     * @param ord see {@link Decision.Entry}
     * @param offset where its command lies in the log
     */
    record Message(dev.confab.chat.model.Message message, UserId sender, long ord, long offset) {

        private LockedRooms.Seat seat() {
            return new LockedRooms.Seat(message.roomId(), sender);
        }

        private long millis() {
            return message.createdAt().toEpochMilli();
        }
    }

    /** A command that was refused. */
    record Refused(RoomId roomId, CommandKey key, Rejection reason) {}

    private static final String INSERT_MESSAGES = """
            insert into messages (room_id, id, sender_id, client_msg_id, seq, ord, created_at,
                                  kafka_offset, kafka_partition, type, content, reply_to,
                                  mentions)
            select unnest(:rooms), unnest(:ids), unnest(:senders), unnest(:clientIds), unnest(:seqs), unnest(:ords),
                   to_timestamp(unnest(:millis) / 1000.0::float8), unnest(:offsets), :partition, unnest(:types),
                   unnest(:contents), unnest(:replies), unnest(:mentions)::uuid[]
            """;

    private static final String INSERT_REFUSED = """
            insert into rejections (room_id, sender_id, command_id, reason, rejected_at)
            select f.*, :now from unnest(:rooms, :senders, :commands, :reasons) as f
            """;

    private static final String FORGET_PARKED = """
            delete from rejections r using unnest(:rooms, :senders, :commands) as k (room_id, sender_id, command_id)
            where r.room_id = k.room_id and r.sender_id = k.sender_id and r.command_id = k.command_id
              and r.reason = :parked
            """;

    static final String MOVE_HEADS = """
            update rooms r
            set last_seq = f.seq, ord = f.ord, last_message_id = f.id,
                last_message_at = to_timestamp(f.millis / 1000.0::float8)
            from unnest(:rooms, :ids, :seqs, :ords, :millis) as f (room_id, id, seq, ord, millis)
            where r.id = f.room_id
            """;

    static final String MOVE_MARKERS = """
            update room_members m
            set last_read_message_id = f.id, last_read_seq = f.seq, read_ord = f.ord,
                last_read_at = to_timestamp(f.millis / 1000.0::float8)
            from unnest(:rooms, :users, :ids, :seqs, :ords, :millis) as f (room_id, user_id, id, seq, ord, millis)
            where m.room_id = f.room_id and m.user_id = f.user_id and m.last_read_seq < f.seq
            """;

    private final Handle handle;
    private final Instant now;

    FreshOutcomes(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    void insertMessages(CommandPartition partition, List<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT_MESSAGES)
                .bind("partition", partition.number())
                .bind("rooms", UuidArray.of(messages, m -> m.message().roomId().value()))
                .bind(
                        "ids",
                        UuidArray.of(messages, m -> Columns.uuid(m.message().id())))
                .bind("senders", UuidArray.of(messages, m -> m.sender().value()))
                .bind(
                        "clientIds",
                        UuidArray.of(
                                messages, m -> m.message().clientMessageId().value()))
                .bind("seqs", Columns.longs(messages, m -> m.message().seq().value()))
                .bind("ords", Columns.longs(messages, Message::ord))
                .bind("millis", Columns.longs(messages, Message::millis))
                .bind("offsets", Columns.longs(messages, Message::offset))
                .bind("types", Columns.texts(messages, m -> m.message().type().name()))
                .bind("contents", Columns.texts(messages, m -> m.message().content()))
                .bind(
                        "replies",
                        UuidArray.of(
                                messages, m -> Columns.nullableUuid(m.message().replyTo())))
                .bind(
                        "mentions",
                        Columns.texts(
                                messages, m -> MessageRow.mentions(m.message().mentions())))
                .execute();
    }

    /** Makes room for what becomes of commands that lay among the dead letters. */
    void forgetParked(List<Command> replayed) {
        if (replayed.isEmpty()) {
            return;
        }
        handle.createUpdate(FORGET_PARKED)
                .bind("parked", Rejection.PARKED.code())
                .bind(
                        "rooms",
                        UuidArray.of(replayed, command -> command.roomId().value()))
                .bind(
                        "senders",
                        UuidArray.of(replayed, command -> command.senderId().value()))
                .bind(
                        "commands",
                        UuidArray.of(replayed, command -> command.commandId().value()))
                .execute();
    }

    void insertRefused(List<Refused> refused) {
        if (refused.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT_REFUSED)
                .bind("now", Columns.time(now))
                .bind("rooms", UuidArray.of(refused, r -> r.roomId().value()))
                .bind("senders", UuidArray.of(refused, r -> r.key().senderId().value()))
                .bind("commands", UuidArray.of(refused, r -> r.key().commandId().value()))
                .bind("reasons", Columns.texts(refused, r -> r.reason().code()))
                .execute();
    }

    /** Puts each room's head where its decision left it. A change moves the head and is no activity of its own. */
    void moveHeads(List<Decision> decisions) {
        List<Decision> moved = decisions.stream().filter(FreshOutcomes::isMoved).toList();
        if (moved.isEmpty()) {
            return;
        }
        handle.createUpdate(MOVE_HEADS)
                .bind("rooms", UuidArray.of(moved, d -> d.roomId().value()))
                .bind("ids", UuidArray.of(moved, d -> Columns.nullableUuid(d.lastMessageId())))
                .bind("seqs", Columns.longs(moved, d -> d.lastSeq().value()))
                .bind("ords", Columns.longs(moved, Decision::ord))
                .bind(
                        "millis",
                        Columns.longs(
                                moved,
                                d -> Objects.requireNonNull(d.lastMessageId()).epochMillis()))
                .execute();
    }

    private static boolean isMoved(Decision decision) {
        return decision.entries().stream()
                .anyMatch(entry -> entry.fresh() && !(entry.outcome() instanceof Outcome.Rejected));
    }

    /** Who sends has read up to there (G8). */
    void moveMarkers(List<Message> messages) {
        Map<LockedRooms.Seat, Message> last = new LinkedHashMap<>();
        messages.forEach(message -> last.put(message.seat(), message));
        if (last.isEmpty()) {
            return;
        }
        Collection<Message> newest = last.values();
        handle.createUpdate(MOVE_MARKERS)
                .bind("rooms", UuidArray.of(newest, m -> m.message().roomId().value()))
                .bind("users", UuidArray.of(newest, m -> m.sender().value()))
                .bind("ids", UuidArray.of(newest, m -> Columns.uuid(m.message().id())))
                .bind("seqs", Columns.longs(newest, m -> m.message().seq().value()))
                .bind("ords", Columns.longs(newest, Message::ord))
                .bind("millis", Columns.longs(newest, Message::millis))
                .execute();
    }
}
