package dev.confab.bench;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SearchQuery;
import dev.confab.chat.model.UserId;
import dev.confab.jdbi.JdbiStores;
import dev.confab.jdbi.WordList;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Searches in a million messages: half of them in 1,000 rooms of which one person is in all, half in one large room.
 * The other side is the same lists of words in a GIN index, sorted when they were found.
 */
final class SearchBench {

    private static final int MESSAGES = 1_000_000;
    private static final int ROOMS = 1_000;
    private static final int WORDS = 50_000;

    /** Milliseconds after which the other side is given up. */
    private static final int PATIENCE = 10_000;

    private final Installation servers;
    private final PrintWriter out;

    SearchBench(Installation servers, PrintWriter out) {
        this.servers = servers;
        this.out = out;
    }

    List<Comparison> run() throws SQLException {
        String database = servers.newDatabase("search");
        try (JdbiStores stores = servers.stores(database);
                Connection connection = servers.connect(database)) {
            Installation.Cast cast = servers.cast(stores, 2, ROOMS + 1);
            RoomId large = cast.rooms().getLast();
            fill(connection, cast, large);
            long begin = System.nanoTime();
            index(stores, cast.rooms());
            double perSecond = MESSAGES * 1e9 / (System.nanoTime() - begin);
            execute(
                    connection,
                    "create table gin as select * from search_messages",
                    "create index gin_lists on gin using gin (lists)",
                    "vacuum (analyze) gin",
                    "vacuum (analyze) search_postings",
                    "vacuum (analyze) messages");
            out.printf(
                    "  %,d messages indexed, %,.0f/s; postings %s, lists of each message %s, GIN over those %s%n",
                    MESSAGES,
                    perSecond,
                    size(connection, "search_postings"),
                    size(connection, "search_messages"),
                    ask(connection, "select pg_size_pretty(pg_relation_size('gin_lists'))"));
            out.flush();
            UserId person = cast.people().getFirst();
            List<Comparison> results = new ArrayList<>();
            for (String text : List.of("common", "w40000", "common half", "half w17", "odd even", "점심시간", "nothing")) {
                results.add(compare(stores, connection, person, cast.rooms(), null, text));
            }
            for (String text : List.of("common", "w40000", "odd even", "점심시간")) {
                results.add(compare(stores, connection, person, List.of(large), large, text));
            }
            return results;
        }
    }

    /** Words as in a language: few that are everywhere, many that are rare. */
    private void fill(Connection connection, Installation.Cast cast, RoomId large) throws SQLException {
        String rooms = cast.rooms().stream().map(room -> "'" + room + "'").collect(Collectors.joining(","));
        execute(
                connection,
                "create temp table place as select n, r from unnest(array[" + rooms + "]::uuid[])"
                        + " with ordinality as x (r, n)",
                """
                insert into messages (room_id, id, sender_id, client_msg_id, seq, ord, created_at, kafka_offset,
                    kafka_partition, type, content)
                select p.r, (lpad(to_hex(1770000000000 + i), 12, '0') || lpad(to_hex(i), 20, '0'))::uuid, '%s',
                    gen_random_uuid(), row_number() over (partition by p.r order by i), 1, now(), i, 0, 'TEXT',
                    case when i %% 3 = 0 then 'common ' else '' end || case when i %% 2 = 0 then 'half even' else 'odd' end
                    || case when i %% 500 = 0 then ' 오늘점심시간에는' else ' 회의는내일' end
                    || ' w' || floor(%d * pow(random(), 4)) || ' w' || floor(%d * pow(random(), 4))
                    || ' w' || floor(%d * pow(random(), 2)) || ' w' || floor(%d * random())
                from generate_series(1, %d) i
                join place p on p.n = case when i %% 2 = 0 then %d else 1 + (i / 2) %% %d end
                """.formatted(cast.people().getFirst(), WORDS, WORDS, WORDS, WORDS, MESSAGES, ROOMS + 1, ROOMS),
                "update rooms r set last_seq = m.seq from (select room_id, max(seq) as seq from messages group by 1) m"
                        + " where m.room_id = r.id",
                "analyze");
        out.printf("  %,d messages, half in one room (%s), half in %,d others%n", MESSAGES, large, ROOMS);
        out.flush();
    }

    private static void index(JdbiStores stores, List<RoomId> rooms) {
        for (int from = 0; from < rooms.size(); from += 20) {
            Set<RoomId> left = Set.copyOf(rooms.subList(from, Math.min(rooms.size(), from + 20)));
            while (!left.isEmpty()) {
                left = stores.messageSearch().index(left);
            }
        }
    }

    private Comparison compare(
            JdbiStores stores,
            Connection connection,
            UserId person,
            List<RoomId> rooms,
            @Nullable RoomId only,
            String text)
            throws SQLException {
        SearchQuery query = SearchQuery.parse(text).orElseThrow();
        double[] ours = new double[15];
        double theirs = 0;
        List<Message> found = List.of();
        for (int i = -3; i < ours.length; i++) {
            long begin = System.nanoTime();
            found = stores.messageSearch().search(person, only, query, null, 50).items();
            ours[Math.max(i, 0)] = (System.nanoTime() - begin) / 1e6;
        }
        List<UUID> gin = List.of();
        for (int i = 0; i < 2 && theirs < PATIENCE; i++) {
            long begin = System.nanoTime();
            gin = gin(connection, rooms, query);
            theirs = (System.nanoTime() - begin) / 1e6;
        }
        List<UUID> ids = found.stream()
                .map(message -> new UUID(message.id().high(), message.id().low()))
                .toList();
        if (theirs < PATIENCE && !gin.equals(ids)) {
            throw new IllegalStateException(
                    "'" + text + "' finds " + ids.size() + " here and " + gin.size() + " there");
        }
        Arrays.sort(ours);
        out.printf("  '%s': %,.1f and %,.1f ms%n", text, ours[ours.length / 2], theirs);
        out.flush();
        return new Comparison(
                "search '" + text + "' in " + (only == null ? rooms.size() + " rooms" : "one room of 500,000"),
                "median, ms",
                ours[ours.length / 2],
                theirs,
                "ids from a GIN index of the same lists, sorted; given up after 10 s",
                null,
                ids.size() + " found; slowest of " + ours.length + ": " + Report.figure(ours[ours.length - 1]) + " ms");
    }

    /** The same question without showing or checking a message. */
    private static List<UUID> gin(Connection connection, List<RoomId> rooms, SearchQuery query) throws SQLException {
        String conditions = query.words().stream()
                .map(word -> "lists && array["
                        + rooms.stream()
                                .map(room -> Long.toString(WordList.of(room, word)))
                                .collect(Collectors.joining(","))
                        + "]::bigint[]")
                .collect(Collectors.joining(" and "));
        List<UUID> ids = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(PATIENCE / 1_000);
            ResultSet rows = statement.executeQuery(
                    "select message_id from gin where " + conditions + " order by message_id desc limit 50");
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        } catch (SQLException fault) {
            // What the driver says when the server stopped the query (SQLSTATE query_canceled).
            if (!"57014".equals(fault.getSQLState())) {
                throw fault;
            }
        }
        return ids;
    }

    private static String size(Connection connection, String table) throws SQLException {
        return ask(connection, "select pg_size_pretty(pg_total_relation_size('" + table + "'))");
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
