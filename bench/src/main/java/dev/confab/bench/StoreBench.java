package dev.confab.bench;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.MessageLog.Stored;
import dev.confab.jdbi.JdbiStores;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * P4 and P5: storing batches of 1,000 commands for 50 rooms with one connection. The sides take turns batch by batch, so
 * that whatever else the machine does meets all of them.
 */
final class StoreBench {

    private static final int BATCH = 1_000;
    private static final int ROOMS = 50;
    private static final int PEOPLE = 20;

    private final Installation servers;
    private final PrintWriter out;
    private final int seconds;

    StoreBench(Installation servers, PrintWriter out, int seconds) {
        this.servers = servers;
        this.out = out;
        this.seconds = seconds;
    }

    List<Comparison> run() throws SQLException {
        String ours = servers.newDatabase("store_ours");
        String copied = servers.newDatabase("store_copy");
        String upserted = servers.newDatabase("store_upsert");
        servers.stores(copied).close(); // the same tables and indexes
        servers.stores(upserted).close();
        try (JdbiStores stores = servers.stores(ours);
                Connection copy = servers.connect(copied);
                Connection upsert = servers.connect(upserted)) {
            Installation.Cast cast = servers.cast(stores, PEOPLE, ROOMS);
            Sides sides = new Sides(stores, cast, new BareTable(copy), new BareTable(upsert));
            sides.play(seconds / 2 + 2);
            sides.reset();
            sides.play(4 * seconds);
            long rows = count(ours);
            if (rows != sides.stored || count(copied) != rows || count(upserted) != rows) {
                throw new IllegalStateException("stored " + sides.stored + " messages and found " + rows);
            }
            out.printf("  P4 and P5: %d batches on each side%n", sides.batches);
            out.flush();
            double n = sides.batches * (double) BATCH * 1e9;
            String sample = sides.batches + " batches of " + BATCH + ", taking turns; " + rows + " rows at the end";
            return List.of(
                    new Comparison(
                            "P4 store with dedup",
                            "rows/s",
                            n / sides.store,
                            n / sides.copy,
                            "COPY of the same rows, same indexes, a commit per batch",
                            Comparison.Target.atLeast(0.6),
                            sample),
                    new Comparison(
                            "P4 store with dedup",
                            "rows/s",
                            n / sides.store,
                            n / sides.upsert,
                            "bare JDBC unnest + ON CONFLICT DO NOTHING of the same rows",
                            Comparison.Target.atLeast(0.9),
                            sample),
                    new Comparison(
                            "P5 redelivery of repeats",
                            "rows/s",
                            n / sides.again,
                            n / sides.store,
                            "P4, ours",
                            Comparison.Target.atLeast(1),
                            sample + ", none of them new"));
        }
    }

    private long count(String database) throws SQLException {
        try (Connection connection = servers.connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from messages")) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Each side with the nanoseconds it took. */
    private final class Sides {

        private final JdbiStores stores;
        private final Installation.Cast cast;
        private final BareTable copyTable;
        private final BareTable upsertTable;
        private final SplittableRandom random = new SplittableRandom();
        private final CommandPartition partition = new CommandPartition("bench", 0);
        private long stored;
        private long batches;
        private long store;
        private long copy;
        private long upsert;
        private long again;

        Sides(JdbiStores stores, Installation.Cast cast, BareTable copyTable, BareTable upsertTable) {
            this.stores = stores;
            this.cast = cast;
            this.copyTable = copyTable;
            this.upsertTable = upsertTable;
        }

        void reset() {
            batches = 0;
            store = 0;
            copy = 0;
            upsert = 0;
            again = 0;
        }

        void play(int forSeconds) throws SQLException {
            long end = System.nanoTime() + forSeconds * 1_000_000_000L;
            while (System.nanoTime() < end) {
                CommandBatch batch = batch();
                long t0 = System.nanoTime();
                List<Message> messages = messages(stores.messageLog().store(batch));
                long t1 = System.nanoTime();
                copyTable.copy(messages, batch.position());
                long t2 = System.nanoTime();
                upsertTable.upsert(messages, batch.position());
                long t3 = System.nanoTime();
                List<Message> repeated = messages(stores.messageLog().store(batch));
                long t4 = System.nanoTime();
                if (!repeated.equals(messages)) {
                    throw new IllegalStateException("a repeat was not answered as the first time");
                }
                stored += messages.size();
                batches++;
                store += t1 - t0;
                copy += t2 - t1;
                upsert += t3 - t2;
                again += t4 - t3;
            }
        }

        private CommandBatch batch() {
            List<CommandBatch.Entry> entries = new ArrayList<>(BATCH);
            IntStream.range(0, BATCH)
                    .forEach(i -> entries.add(new CommandBatch.Logged(
                            stored + i,
                            new Command.Post(
                                    cast.rooms().get(random.nextInt(ROOMS)),
                                    cast.people().get(random.nextInt(PEOPLE)),
                                    ClientMessageId.random(),
                                    new MessageBody(MessageType.TEXT, Frames.CONTENT),
                                    null,
                                    servers.clock().instant(),
                                    TraceId.random(random)))));
            return new CommandBatch(partition, stored, entries, stored + BATCH);
        }

        private static List<Message> messages(Stored outcome) {
            return switch (outcome) {
                case Stored.Done done ->
                    done.publications().stream()
                            .map(publication -> ((ChatEvent.MessagePosted) publication.event()).message())
                            .toList();
                case Stored.Behind behind -> throw new IllegalStateException("behind at " + behind.nextPosition());
            };
        }
    }
}
