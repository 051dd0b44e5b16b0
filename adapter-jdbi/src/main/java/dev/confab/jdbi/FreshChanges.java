package dev.confab.jdbi;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.timeline.RoomTimeline;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes the edits and deletions that were decided, with one statement per table. */
final class FreshChanges {

    /** A change of a message. */
    record Change(Command command, Outcome.Changed outcome) {

        private LockedRooms.Target target() {
            return new LockedRooms.Target(message().roomId(), message().id());
        }

        private Message message() {
            return outcome.message();
        }
    }

    private static final String INSERT = """
            insert into message_changes (room_id, seq, message_id, sender_id, command_id, kind, changed_at)
            select f.*, :now from unnest(:rooms, :seqs, :messages, :senders, :commands, :kinds) as f
            """;

    static final String APPLY = """
            update messages m
            set content = f.content, mentions = f.mentions::uuid[], edited_at = f.edited_at::timestamptz,
                deleted_at = f.deleted_at::timestamptz
            from unnest(:rooms, :ids, :contents, :mentions, :edits, :deletions)
                as f (room_id, id, content, mentions, edited_at, deleted_at)
            where m.room_id = f.room_id and m.id = f.id
            """;

    private final Handle handle;
    private final Instant now;

    FreshChanges(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    /** To be called once the messages of the same batch are in their table. */
    void write(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        insert(changes);
        Map<LockedRooms.Target, Message> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.target(), change.message()));
        apply(last.values());
        changes.forEach(change -> RoomTimeline.audit(change.command().senderId(), change.outcome())
                .ifPresent(entry -> AuditRows.write(handle, entry)));
    }

    private void insert(List<Change> changes) {
        handle.createUpdate(INSERT)
                .bind("now", Columns.time(now))
                .bind("rooms", UuidArray.of(changes, c -> c.command().roomId().value()))
                .bind(
                        "seqs",
                        Columns.longs(changes, c -> c.outcome().changeSeq().value()))
                .bind(
                        "messages",
                        UuidArray.of(changes, c -> Columns.uuid(c.message().id())))
                .bind(
                        "senders",
                        UuidArray.of(changes, c -> c.command().senderId().value()))
                .bind(
                        "commands",
                        UuidArray.of(changes, c -> c.command().commandId().value()))
                .bind("kinds", Columns.texts(changes, c -> c.outcome().change().name()))
                .execute();
    }

    private void apply(Collection<Message> messages) {
        handle.createUpdate(APPLY)
                .bind("rooms", UuidArray.of(messages, m -> m.roomId().value()))
                .bind("ids", UuidArray.of(messages, m -> Columns.uuid(m.id())))
                .bind("contents", Columns.texts(messages, Message::content))
                .bind("mentions", Columns.texts(messages, m -> MessageRow.mentions(m.mentions())))
                .bind("edits", Columns.texts(messages, m -> text(m.editedAt())))
                .bind("deletions", Columns.texts(messages, m -> text(m.deletedAt())))
                .execute();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : Columns.time(instant).toString();
    }
}
