package dev.confab.bench;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Three ways to write the same rows into the same table, batch by batch in turns, a commit for each batch. */
final class InsertExperiment {

    private static final int BATCH = 1_000;
    private static final int ROOMS = 50;

    private InsertExperiment() {}

    @FunctionalInterface
    private interface Way {
        void write(BareTable table, List<Message> messages, long offset) throws SQLException;
    }

    static List<String> run(Installation servers, int seconds) throws SQLException {
        List<String> names = List.of("COPY", "unnest, ON CONFLICT DO NOTHING", "many rows of values, the same");
        List<Way> ways = List.of(BareTable::copy, BareTable::upsert, BareTable::insertValues);
        List<Connection> connections = new ArrayList<>();
        try {
            List<BareTable> tables = new ArrayList<>();
            for (int i = 0; i < ways.size(); i++) {
                String database = servers.newDatabase("inserts_" + i);
                servers.stores(database).close(); // the same tables and indexes
                connections.add(servers.connect(database));
                tables.add(new BareTable(connections.get(i)));
            }
            long[] nanos = new long[ways.size()];
            long rows = 0;
            List<RoomId> rooms = Stream.generate(RoomId::random).limit(ROOMS).toList();
            SplittableRandom random = new SplittableRandom();
            long begin = System.nanoTime();
            boolean warm = false;
            long warmUp = TimeUnit.SECONDS.toNanos((long) WarmUp.WINDOW_SECONDS * ways.size());
            long all = warmUp + TimeUnit.SECONDS.toNanos((long) seconds * ways.size());
            while (System.nanoTime() - begin < all) {
                if (!warm && System.nanoTime() - begin > warmUp) {
                    warm = true;
                    nanos = new long[ways.size()];
                }
                List<Message> batch = messages(rooms, rows, random);
                for (int i = 0; i < ways.size(); i++) {
                    long before = System.nanoTime();
                    ways.get(i).write(tables.get(i), batch, rows);
                    nanos[i] += System.nanoTime() - before;
                }
                rows += warm ? BATCH : 0;
            }
            List<String> lines = new ArrayList<>(List.of("| Way | rows/s |", "| --- | --- |"));
            for (int i = 0; i < ways.size(); i++) {
                lines.add(String.format("| %s | %s |", names.get(i), Report.figure(rows * 1e9 / nanos[i])));
            }
            return lines;
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static List<Message> messages(List<RoomId> rooms, long first, SplittableRandom random) {
        UserId sender = UserId.random();
        List<Message> messages = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            messages.add(new Message(
                    new MessageId(random.nextLong() >>> 1, random.nextLong()),
                    new Sequence(random.nextLong() >>> 1),
                    rooms.get(i % rooms.size()),
                    sender,
                    "u",
                    ClientMessageId.random(),
                    MessageType.TEXT,
                    Frames.CONTENT,
                    null,
                    List.of(),
                    Instant.EPOCH.plusMillis(first + i),
                    null,
                    null));
        }
        return messages;
    }
}
