package dev.confab.bench;

import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessagePage;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.jdbi.JdbiStores;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * P12: a page of 50 out of ten million messages and out of 100,000, at random places of random rooms. Messages of 1,000
 * rooms lie one after the other as they would have come, so that two of one room are never in one block of the table.
 */
final class HistoryBench {

    private static final int ROOMS = 1_000;
    private static final int LARGE = 10_000_000;
    private static final int SMALL = 100_000;
    private static final int PAGE = 50;
    private static final int THREADS = 2;

    /** What the store's page asks, and nothing of what it makes of the answer. */
    private static final String BARE =
            "select m.room_id, m.id, m.seq, m.sender_id, u.nickname, m.client_msg_id, m.type,"
                    + " m.content, m.reply_to, m.mentions::text[], m.edited_at, m.deleted_at"
                    + " from messages m left join users u on u.id = m.sender_id"
                    + " where m.room_id = ? and m.id < ? order by m.id desc limit ?";

    private static final long FIRST_MILLIS = 1_770_000_000_000L;

    private final Installation servers;
    private final PrintWriter out;
    private final int seconds;

    HistoryBench(Installation servers, PrintWriter out, int seconds) {
        this.servers = servers;
        this.out = out;
        this.seconds = seconds;
    }

    /** One side of the comparison: reads one page. */
    @FunctionalInterface
    private interface Reader {
        void read(RoomId room, MessageId before) throws SQLException;
    }

    private record Pages(double perSecond, Histogram nanos) {

        double p99() {
            return nanos.getValueAtPercentile(99) / 1e6;
        }
    }

    /** Both sides on one database, which is filled first. */
    private record Sides(Pages ours, Pages bare) {}

    List<Comparison> run() throws SQLException, InterruptedException {
        Sides small = measure("history_small", SMALL);
        Sides large = measure("history_large", LARGE);
        String sample = THREADS + " at a time, " + large.ours().nanos().getTotalCount() + " and "
                + large.bare().nanos().getTotalCount() + " pages";
        String work = "P12 history page of 50 out of 10,000,000";
        return List.of(
                new Comparison(
                        work,
                        "pages/s",
                        large.ours().perSecond(),
                        large.bare().perSecond(),
                        "the same statement by plain JDBC",
                        Comparison.Target.atLeast(0.5),
                        sample),
                new Comparison(
                        work,
                        "p99, ms",
                        large.ours().p99(),
                        small.ours().p99(),
                        "the same out of 100,000",
                        Comparison.Target.atMost(1.2),
                        sample),
                new Comparison(
                        "P12 the statement alone",
                        "p99, ms",
                        large.bare().p99(),
                        small.bare().p99(),
                        "the same out of 100,000",
                        null,
                        sample));
    }

    private Sides measure(String name, int messages) throws SQLException, InterruptedException {
        String database = servers.newDatabase(name);
        try (JdbiStores stores = servers.stores(database)) {
            Installation.Cast cast = servers.cast(stores, 1, ROOMS);
            long begin = System.nanoTime();
            try (Connection connection = servers.connect(database)) {
                fill(connection, cast, messages);
            }
            say("P12 %,d messages after %,.0f s", messages, (System.nanoTime() - begin) / 1e9);
            UserId reader = cast.people().getFirst();
            Pages ours = pages(
                    "P12 ours", messages, cast, thread -> (room, before) -> readOurs(stores, reader, room, before));
            List<Connection> connections = new ArrayList<>();
            try {
                for (int i = 0; i < THREADS; i++) {
                    connections.add(servers.connect(database));
                }
                Pages bare = pages("P12 plain JDBC", messages, cast, thread -> {
                    PreparedStatement statement = connections.get(thread).prepareStatement(BARE);
                    return (room, before) -> readBare(statement, room, before);
                });
                return new Sides(ours, bare);
            } finally {
                for (Connection connection : connections) {
                    connection.close();
                }
            }
        }
    }

    private static void fill(Connection connection, Installation.Cast cast, int messages) throws SQLException {
        String rooms = cast.rooms().stream().map(room -> "'" + room + "'").collect(Collectors.joining(","));
        try (Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "create temp table place as select n, r from unnest(array[" + rooms + "]::uuid[])"
                            + " with ordinality as x (r, n)",
                    // Made again when the rows are there, which takes a fraction of the time.
                    "alter table messages drop constraint messages_by_seq",
                    "alter table messages drop constraint messages_by_id",
                    "alter table messages drop constraint messages_sent_once",
                    """
                    insert into messages (room_id, id, sender_id, client_msg_id, seq, ord, created_at, kafka_offset,
                        kafka_partition, type, content)
                    select p.r, (lpad(to_hex(%d + i), 12, '0') || lpad(to_hex(i), 20, '0'))::uuid, '%s',
                        gen_random_uuid(), i / %d + 1, i / %d + 1, now(), i, 0, 'TEXT', '%s'
                    from generate_series(0, %d) i join place p on p.n = i %% %d + 1 order by i
                    """.formatted(
                            FIRST_MILLIS, cast.people().getFirst(), ROOMS, ROOMS, Frames.CONTENT, messages - 1, ROOMS),
                    "alter table messages add constraint messages_by_seq primary key (room_id, seq)",
                    "alter table messages add constraint messages_by_id unique (room_id, id)",
                    "alter table messages add constraint messages_sent_once unique (room_id, sender_id, client_msg_id)",
                    "update rooms set last_seq = " + messages / ROOMS + ", ord = " + messages / ROOMS,
                    "vacuum (analyze) messages",
                    "vacuum (analyze) rooms",
                    "checkpoint")) {
                statement.execute(sql);
            }
        }
    }

    /** As the use case does it: whether the reader may, then the page. */
    private static void readOurs(JdbiStores stores, UserId reader, RoomId room, MessageId before) {
        if (!stores.rooms()
                .standing(room, List.of(reader))
                .orElseThrow()
                .members()
                .contains(reader)) {
            throw new IllegalStateException("no member of " + room);
        }
        MessagePage page = stores.messageLog().history(room, new HistoryQuery.Before(before), PAGE);
        require(page.items().size());
    }

    private static void readBare(PreparedStatement statement, RoomId room, MessageId before) throws SQLException {
        statement.setObject(1, room.value());
        statement.setObject(2, BareTable.uuid(before));
        statement.setInt(3, PAGE + 1);
        int rows = 0;
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                for (int column = 1; column <= 12; column++) {
                    Object unused = row.getString(column);
                }
                rows++;
            }
        }
        require(rows - 1);
    }

    private static void require(int rows) {
        if (rows != PAGE) {
            throw new IllegalStateException("a page of " + rows);
        }
    }

    /** Makes the reader of one thread. */
    @FunctionalInterface
    private interface Readers {
        Reader of(int thread) throws SQLException;
    }

    private Pages pages(String what, int messages, Installation.Cast cast, Readers readers)
            throws InterruptedException {
        ConcurrentHistogram times = new ConcurrentHistogram(3);
        AtomicLong read = new AtomicLong();
        AtomicBoolean stop = new AtomicBoolean();
        List<Throwable> faults = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            threads.add(Thread.ofPlatform().name("reader-" + i).start(() -> {
                try {
                    Reader reader = readers.of(number);
                    while (!stop.get()) {
                        readOne(reader, messages, cast.rooms(), times);
                        read.incrementAndGet();
                    }
                } catch (SQLException | RuntimeException fault) {
                    synchronized (faults) {
                        faults.add(fault);
                    }
                }
            }));
        }
        int warm = WarmUp.await(() -> AckBench.rate(read::get, WarmUp.WINDOW_SECONDS));
        times.reset();
        double rate = AckBench.rate(read::get, seconds);
        Histogram taken = times.copy();
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException(what + " failed", faults.getFirst());
        }
        say(
                "%s of %,d: %s pages/s, p50 %s ms, p99 %s ms, after %d s of warming up",
                what,
                messages,
                Report.figure(rate),
                Report.figure(taken.getValueAtPercentile(50) / 1e6),
                Report.figure(taken.getValueAtPercentile(99) / 1e6),
                warm);
        return new Pages(rate, taken);
    }

    private static void readOne(Reader reader, int messages, List<RoomId> rooms, ConcurrentHistogram times)
            throws SQLException {
        int room = ThreadLocalRandom.current().nextInt(ROOMS);
        // With a page and one more before it.
        long place = ThreadLocalRandom.current().nextLong(PAGE + 1, messages / ROOMS);
        long number = place * ROOMS + room;
        MessageId before = new MessageId((FIRST_MILLIS + number) << 16, number);
        long begin = System.nanoTime();
        reader.read(rooms.get(room), before);
        times.recordValue(System.nanoTime() - begin);
    }

    private void say(String format, Object... values) {
        out.printf("  " + format + "%n", values);
        out.flush();
    }
}
