package dev.confab.jdbi;

import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SearchWords;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes up what happened in some rooms, inside one transaction. A room's place in its order is handed out under the
 * room's lock, which is held until the commit: whoever sees {@code rooms.last_seq} sees all that is at or below it, and
 * nothing can turn up there later.
 */
final class SearchIndexing {

    /** Places that are taken up at once, of all rooms together: a fraction of a second's work for the store. */
    static final int PORTION = 1_000;

    private static final String ENTER =
            "insert into search_progress (room_id, indexed_seq) select id, 0 from rooms where id = any(?)"
                    + " order by id on conflict do nothing";

    private static final String LOCK = """
            select p.room_id, p.indexed_seq, r.last_seq
            from search_progress p join rooms r on r.id = p.room_id
            where p.room_id = any(?) and r.last_seq > p.indexed_seq
            order by p.room_id for update of p
            """;

    /** Messages that came or were changed, as they are now; each once. */
    static final String TOUCHED = """
            with k as materialized (select * from unnest(:rooms, :froms, :tos) as k (room_id, f, t))
            select m.room_id, m.id, m.type, m.content, m.deleted_at is null, s.lists
            from (
                select m.room_id, m.id from k
                join messages m on m.room_id = k.room_id and m.seq > k.f and m.seq <= k.t
                union
                select c.room_id, c.message_id from k
                join message_changes c on c.room_id = k.room_id and c.seq > k.f and c.seq <= k.t
            ) x
            join messages m on m.room_id = x.room_id and m.id = x.id
            left join search_messages s on s.room_id = x.room_id and s.message_id = x.id
            """;

    private final Handle handle;

    SearchIndexing(Handle handle) {
        this.handle = handle;
    }

    private record Span(UUID roomId, long from, long to) {}

    /** A message with the lists it is in and those where it belongs. */
    private record Touched(UUID roomId, UUID id, Set<Long> before, List<Long> after) {}

    private record Posting(long list, UUID messageId) {}

    /** The rooms of which there is more. */
    Set<RoomId> follow(Collection<RoomId> roomIds) {
        // The index can be made again from the messages: no search is worth a flush that others wait for.
        handle.execute("set local synchronous_commit = off");
        UuidArray ids = UuidArray.of(roomIds, RoomId::value);
        handle.createUpdate(ENTER).bind(0, ids).execute();
        List<Span> all = handle.createQuery(LOCK)
                .bind(0, ids)
                .map((row, context) -> new Span(Columns.uuid(row, 1), row.getLong(2), row.getLong(3)))
                .list();
        if (all.isEmpty()) {
            return Set.of();
        }
        List<Span> spans = portion(all);
        write(touched(spans));
        handle.createUpdate("update search_progress p set indexed_seq = k.t"
                        + " from unnest(:rooms, :tos) as k (room_id, t) where p.room_id = k.room_id")
                .bind("rooms", UuidArray.of(spans, Span::roomId))
                .bind("tos", Columns.longs(spans, Span::to))
                .execute();
        Set<Span> whole = new HashSet<>(spans);
        return all.stream()
                .filter(span -> !whole.contains(span))
                .map(span -> new RoomId(span.roomId()))
                .collect(Collectors.toSet());
    }

    /** The beginning of each, so that a room where much happens keeps no other one waiting. */
    private static List<Span> portion(List<Span> all) {
        long each = Math.max(1, PORTION / all.size());
        return all.stream()
                .map(span -> new Span(span.roomId(), span.from(), Math.min(span.to(), span.from() + each)))
                .toList();
    }

    private List<Touched> touched(List<Span> spans) {
        return handle.createQuery(TOUCHED)
                .bind("rooms", UuidArray.of(spans, Span::roomId))
                .bind("froms", Columns.longs(spans, Span::from))
                .bind("tos", Columns.longs(spans, Span::to))
                .map((row, context) -> touched(row))
                .list();
    }

    private static Touched touched(ResultSet row) throws SQLException {
        UUID roomId = Columns.uuid(row, 1);
        boolean sought = MessageType.valueOf(row.getString(3)) != MessageType.SYSTEM && row.getBoolean(5);
        String content = row.getString(4);
        List<Long> after =
                sought && content != null ? WordList.of(new RoomId(roomId), SearchWords.of(content)) : List.of();
        return new Touched(roomId, Columns.uuid(row, 2), lists(row.getArray(6)), after);
    }

    private static Set<Long> lists(@Nullable Array array) throws SQLException {
        return array == null ? Set.of() : Set.of((Long[]) array.getArray());
    }

    private void write(List<Touched> touched) {
        List<Posting> gone = new ArrayList<>();
        List<Posting> fresh = new ArrayList<>();
        List<Touched> kept = new ArrayList<>();
        List<Touched> emptied = new ArrayList<>();
        for (Touched message : touched) {
            Set<Long> left = new HashSet<>(message.before());
            for (Long list : message.after()) {
                if (!left.remove(list)) {
                    fresh.add(new Posting(list, message.id()));
                }
            }
            left.forEach(list -> gone.add(new Posting(list, message.id())));
            if (!message.after().isEmpty()) {
                kept.add(message);
            } else if (!message.before().isEmpty()) {
                emptied.add(message);
            }
        }
        remove(gone);
        add(fresh);
        note(kept);
        forget(emptied);
    }

    private void remove(List<Posting> gone) {
        if (!gone.isEmpty()) {
            handle.createUpdate("delete from search_postings p using unnest(:lists, :ids) as k (list, message_id)"
                            + " where p.list = k.list and p.message_id = k.message_id")
                    .bind("lists", Columns.longs(gone, Posting::list))
                    .bind("ids", UuidArray.of(gone, Posting::messageId))
                    .execute();
        }
    }

    private void add(List<Posting> fresh) {
        if (!fresh.isEmpty()) {
            handle.createUpdate("insert into search_postings (list, message_id)"
                            + " select * from unnest(:lists, :ids) as k (list, message_id) order by 1, 2"
                            + " on conflict do nothing")
                    .bind("lists", Columns.longs(fresh, Posting::list))
                    .bind("ids", UuidArray.of(fresh, Posting::messageId))
                    .execute();
        }
    }

    private void note(List<Touched> kept) {
        if (!kept.isEmpty()) {
            handle.createUpdate("insert into search_messages (room_id, message_id, lists)"
                            + " select room_id, message_id, lists::bigint[] from unnest(:rooms, :ids, :lists)"
                            + " as k (room_id, message_id, lists)"
                            + " on conflict (room_id, message_id) do update set lists = excluded.lists")
                    .bind("rooms", UuidArray.of(kept, Touched::roomId))
                    .bind("ids", UuidArray.of(kept, Touched::id))
                    .bind("lists", Columns.texts(kept, message -> text(message.after())))
                    .execute();
        }
    }

    private static String text(List<Long> lists) {
        return lists.stream().map(list -> Long.toString(list)).collect(Collectors.joining(",", "{", "}"));
    }

    private void forget(List<Touched> emptied) {
        if (!emptied.isEmpty()) {
            handle.createUpdate("delete from search_messages s using unnest(:rooms, :ids) as k (room_id, message_id)"
                            + " where s.room_id = k.room_id and s.message_id = k.message_id")
                    .bind("rooms", UuidArray.of(emptied, Touched::roomId))
                    .bind("ids", UuidArray.of(emptied, Touched::id))
                    .execute();
        }
    }
}
