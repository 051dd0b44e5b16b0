package dev.confab.jdbi;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SearchQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of messages from their newest ends. Of several words of a query the one that a room says least is read,
 * and what it gives is looked for in the lists of the others.
 */
final class FoundMessages {

    /** Words whose lists are looked at; any others are left to the messages themselves. */
    static final int WORDS = 4;

    /** How many entries of lists are read to find out which is short, all rooms and words together. */
    private static final int COUNTED = 4_000;

    /** After every id. */
    private static final UUID END = new UUID(-1, -1);

    static final String COUNT = """
            select k.place, count(*) from unnest(:lists) with ordinality as k (list, place)
            cross join lateral (
                select 1 from search_postings p where p.list = k.list and p.message_id < :before limit :most) c
            group by k.place
            """;

    /**
     * The rooms whose newest entries come first are all that can be on the page: no more of them than it has places.
     */
    private static final String FIND = """
            with newest as materialized (
                select k.*, (
                    select p.message_id from search_postings p
                    where p.list = k.list1 and p.message_id < :before $others
                    order by p.message_id desc limit 1) as top
                from unnest(:rooms, $bound) as k (room_id, $named)
            ), best as materialized (
                select * from newest where top is not null order by top desc limit :limit
            )
            select k.room_id, f.message_id from best k
            cross join lateral (
                select p.message_id from search_postings p
                where p.list = k.list1 and p.message_id < :before $others
                order by p.message_id desc limit :limit) f
            order by f.message_id desc limit :limit
            """;

    private static final String READ = "select " + MessageRow.COLUMNS
            + " from unnest(?, ?) as k (room_id, id)"
            + " join messages m on m.room_id = k.room_id and m.id = k.id left join users u on u.id = m.sender_id";

    private final Handle handle;
    private final SearchQuery query;

    FoundMessages(Handle handle, SearchQuery query) {
        this.handle = handle;
        this.query = query;
    }

    /** A room and the lists in which its messages must be, the shortest first. */
    private record Lists(UUID roomId, List<Long> lists) {}

    private record Place(UUID roomId, UUID messageId) {}

    /** Newest first; at most {@code limit}. */
    List<Message> find(List<RoomId> rooms, @Nullable MessageId before, int limit) {
        UUID from = before == null ? END : Columns.uuid(before);
        List<Lists> lists = lists(rooms, from);
        List<Message> found = new ArrayList<>();
        int asked = limit;
        while (!lists.isEmpty() && found.size() < limit) {
            List<Place> places = places(lists, from, asked);
            read(places).stream().filter(query::matches).forEach(found::add);
            if (places.size() < asked) {
                break;
            }
            // Many entries do not match, edited since or of another word with the same hash: larger steps.
            from = places.getLast().messageId();
            asked = Math.min(2 * asked, 1_000);
        }
        return found.subList(0, Math.min(limit, found.size()));
    }

    private List<Lists> lists(List<RoomId> rooms, UUID before) {
        List<String> words = query.words().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .limit(WORDS)
                .toList();
        List<Lists> all = rooms.stream()
                .map(room -> new Lists(
                        room.value(),
                        words.stream().map(word -> WordList.of(room, word)).toList()))
                .toList();
        return words.size() == 1 || all.isEmpty() ? all : shortestFirst(all, words.size(), before);
    }

    /** Rooms in which one of the words was never said are left out. */
    private List<Lists> shortestFirst(List<Lists> all, int words, UUID before) {
        List<Long> flat = all.stream().flatMap(room -> room.lists().stream()).toList();
        Map<Long, Long> counts = new HashMap<>();
        handle.createQuery(COUNT)
                .bind("lists", Columns.longs(flat, Long::longValue))
                .bind("before", before)
                .bind("most", Math.max(1, COUNTED / flat.size()))
                .map((row, context) -> Map.entry(row.getLong(1), row.getLong(2)))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        List<Lists> left = new ArrayList<>();
        for (int room = 0; room < all.size(); room++) {
            long first = 1L + (long) room * words;
            List<Long> places = IntStream.range(0, words)
                    .mapToObj(word -> first + word)
                    .filter(counts::containsKey)
                    .sorted(Comparator.comparing(counts::get))
                    .toList();
            if (places.size() == words) {
                left.add(new Lists(
                        all.get(room).roomId(),
                        places.stream()
                                .map(place -> flat.get((int) (place - 1)))
                                .toList()));
            }
        }
        return left;
    }

    /** The statement for so many words. */
    static String find(int words) {
        String others = IntStream.rangeClosed(2, words)
                .mapToObj(n -> "and exists (select 1 from search_postings o where o.list = k.list" + n
                        + " and o.message_id = p.message_id)")
                .collect(Collectors.joining(" "));
        return FIND.replace("$others", others)
                .replace("$bound", names(":list", words))
                .replace("$named", names("list", words));
    }

    private static String names(String prefix, int words) {
        return IntStream.rangeClosed(1, words).mapToObj(n -> prefix + n).collect(Collectors.joining(", "));
    }

    private List<Place> places(List<Lists> rooms, UUID before, int limit) {
        int words = rooms.getFirst().lists().size();
        Query find = handle.createQuery(find(words))
                .bind("rooms", UuidArray.of(rooms, Lists::roomId))
                .bind("before", before)
                .bind("limit", limit);
        for (int i = 0; i < words; i++) {
            int word = i;
            find.bind(
                    "list" + (i + 1), Columns.longs(rooms, room -> room.lists().get(word)));
        }
        return find.map((row, context) -> new Place(Columns.uuid(row, 1), Columns.uuid(row, 2)))
                .list();
    }

    /** As they are now, newest first; what is gone is left out. */
    private List<Message> read(List<Place> places) {
        if (places.isEmpty()) {
            return List.of();
        }
        return handle
                .createQuery(READ)
                .bind(0, UuidArray.of(places, Place::roomId))
                .bind(1, UuidArray.of(places, Place::messageId))
                .map((row, context) -> MessageRow.read(row))
                .list()
                .stream()
                .sorted(Comparator.comparing(Message::id).reversed())
                .toList();
    }
}
