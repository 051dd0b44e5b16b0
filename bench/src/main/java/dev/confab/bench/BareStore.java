package dev.confab.bench;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.jdbi.JdbiStores;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * The statements of the storing transaction by themselves, with plain JDBC: lock the progress and the rooms, look the
 * keys up, find the senders' seats, insert, move the rooms' heads and the senders' markers, note the progress, commit.
 */
final class BareStore {

    private static final int PEOPLE = 64;
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final String PROGRESS =
            "select next_offset from partition_progress where topic = 'bare' and partition = 0 for update";
    private static final String ROOMS =
            "select id, last_seq, ord from rooms where id = any(?) order by id for no key update";
    private static final String KNOWN = "select m.room_id, m.sender_id, m.client_msg_id"
            + " from unnest(?::uuid[], ?::uuid[], ?::uuid[]) as k (room_id, sender_id, client_msg_id)"
            + " join messages m on m.room_id = k.room_id and m.sender_id = k.sender_id"
            + " and m.client_msg_id = k.client_msg_id";
    private static final String SEATS = "select k.room_id, k.user_id, u.nickname, s.role"
            + " from unnest(?::uuid[], ?::uuid[]) as k (room_id, user_id)"
            + " join room_members s on s.room_id = k.room_id and s.user_id = k.user_id join users u on u.id = k.user_id";
    private static final String HEADS = "update rooms r set last_seq = f.seq, ord = f.seq, last_message_id = f.id,"
            + " last_message_at = now() from unnest(?::uuid[], ?::uuid[], ?::bigint[]) as f (room_id, id, seq)"
            + " where r.id = f.room_id";
    private static final String MARKERS = "update room_members m set last_read_message_id = f.id,"
            + " last_read_seq = f.seq, read_ord = f.seq, last_read_at = now()"
            + " from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[]) as f (room_id, user_id, id, seq)"
            + " where m.room_id = f.room_id and m.user_id = f.user_id and m.last_read_seq < f.seq";
    private static final String NOTE =
            "update partition_progress set next_offset = ? where topic = 'bare' and partition = 0";

    private final Installation servers;
    private final int batch;
    private final SplittableRandom random = new SplittableRandom();
    private long stored;

    BareStore(Installation servers, int batch) {
        this.servers = servers;
        this.batch = batch;
    }

    /** Rows per second, over one connection. */
    double throughput(int seconds) throws SQLException, InterruptedException {
        return run((connection, table, cast) -> {
            int unused = WarmUp.await(() -> burst(connection, table, cast, WarmUp.WINDOW_SECONDS));
            return burst(connection, table, cast, seconds);
        });
    }

    /**
     * How long transactions take, in ns, from the moment at which they were due.
     *
     * @param rate transactions a second
     */
    Histogram latency(double rate, int seconds) throws SQLException, InterruptedException {
        return run((connection, table, cast) -> {
            ConcurrentHistogram times = new ConcurrentHistogram(3);
            for (int round = 0; round < 2; round++) {
                times.reset(); // the first round warms up
                Pace.run(rate, round == 0 ? WarmUp.WINDOW_SECONDS : seconds, intended -> {
                    try {
                        store(connection, table, messages(cast));
                    } catch (SQLException fault) {
                        throw new IllegalStateException("the bare statements failed", fault);
                    }
                    times.recordValue(System.nanoTime() - intended);
                });
            }
            return times.copy();
        });
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection, BareTable table, Installation.Cast cast) throws SQLException, InterruptedException;
    }

    private <T> T run(Work<T> work) throws SQLException, InterruptedException {
        String database = servers.newDatabase("bare_store_" + DATABASES.incrementAndGet());
        Installation.Cast cast;
        try (JdbiStores stores = servers.stores(database)) {
            cast = servers.cast(stores, PEOPLE, PEOPLE);
        }
        try (Connection connection = servers.connect(database)) {
            BareTable table = new BareTable(connection);
            try (PreparedStatement begin =
                    connection.prepareStatement("insert into partition_progress values ('bare', 0, 0, null)")) {
                begin.executeUpdate();
            }
            connection.commit();
            return work.on(connection, table, cast);
        }
    }

    private double burst(Connection connection, BareTable table, Installation.Cast cast, int seconds) {
        long before = stored;
        long begin = System.nanoTime();
        try {
            while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
                store(connection, table, messages(cast));
            }
        } catch (SQLException fault) {
            throw new IllegalStateException("the bare statements failed", fault);
        }
        return (stored - before) / ((System.nanoTime() - begin) / 1e9);
    }

    /** As in the measurement beside it: each sends to a room of his or her own. */
    private List<Message> messages(Installation.Cast cast) {
        List<Message> messages = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            long number = stored + i;
            RoomId room = cast.rooms().get((int) (number % PEOPLE));
            UserId sender = cast.people().get((int) (number % PEOPLE));
            messages.add(new Message(
                    new MessageId(number, random.nextLong()),
                    new Sequence(number / PEOPLE + 1),
                    room,
                    sender,
                    "u",
                    ClientMessageId.random(),
                    MessageType.TEXT,
                    Frames.CONTENT,
                    null,
                    List.of(),
                    Instant.EPOCH,
                    null,
                    null));
        }
        return messages;
    }

    private void store(Connection connection, BareTable table, List<Message> messages) throws SQLException {
        // The newest of each room, which here is also the newest of each sender.
        List<Message> newest = messages.subList(Math.max(0, messages.size() - PEOPLE), messages.size());
        Object[] rooms = newest.stream().map(each -> each.roomId().value()).toArray();
        Object[] senders = newest.stream().map(BareStore::sender).toArray();
        Object[] ids = newest.stream().map(each -> BareTable.uuid(each.id())).toArray();
        Object[] seqs = newest.stream().map(each -> each.seq().value()).toArray();
        read(connection, PROGRESS);
        read(connection, ROOMS, uuids(connection, rooms));
        read(
                connection,
                KNOWN,
                uuids(
                        connection,
                        messages.stream().map(each -> each.roomId().value()).toArray()),
                uuids(connection, messages.stream().map(BareStore::sender).toArray()),
                uuids(
                        connection,
                        messages.stream()
                                .map(each -> each.clientMessageId().value())
                                .toArray()));
        read(connection, SEATS, uuids(connection, rooms), uuids(connection, senders));
        table.insert(messages, stored);
        Array longs = connection.createArrayOf("bigint", seqs);
        change(connection, HEADS, uuids(connection, rooms), uuids(connection, ids), longs);
        change(
                connection,
                MARKERS,
                uuids(connection, rooms),
                uuids(connection, senders),
                uuids(connection, ids),
                longs);
        stored += messages.size();
        change(connection, NOTE, stored);
        connection.commit();
    }

    private static Object sender(Message message) {
        UserId sender = message.senderId();
        if (sender == null) {
            throw new IllegalArgumentException("nobody sent it");
        }
        return sender.value();
    }

    private static Array uuids(Connection connection, Object[] values) throws SQLException {
        return connection.createArrayOf("uuid", values);
    }

    private static void read(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Object unused = rows.getObject(1);
                }
            }
        }
    }

    private static void change(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            int unused = statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
