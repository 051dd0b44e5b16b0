package dev.confab.jdbi;

import dev.confab.chat.port.out.Outbox;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** What is still to be published, in PostgreSQL. Safe on any thread. */
final class JdbiOutbox implements Outbox {

    /**
     * The lock of who relays, for as long as the transaction lasts: who loses the connection loses the lock, and can
     * take nothing out any more. Any number will do that nobody else locks in this database.
     */
    private static final long RELAYING = 0x636f_6e66_6162_6f62L;

    private static final String PENDING =
            "select " + OutboxRows.COLUMNS + " from outbox order by position limit :limit";

    private final Database database;

    JdbiOutbox(Database database) {
        this.database = database;
    }

    @Override
    public int relay(int limit, Consumer<List<Entry>> publisher) {
        return database.write(handle -> {
            List<Entry> entries = isMine(handle) ? pending(handle, limit) : List.of();
            if (!entries.isEmpty()) {
                publisher.accept(entries);
                handle.createUpdate("delete from outbox where id = any(?)")
                        .bind(0, UuidArray.of(entries, entry -> entry.id().value()))
                        .execute();
            }
            return entries.size();
        });
    }

    private static boolean isMine(Handle handle) {
        return handle.createQuery("select pg_try_advisory_xact_lock(?)")
                .bind(0, RELAYING)
                .map((row, context) -> row.getBoolean(1))
                .one();
    }

    @Override
    public List<Entry> pending(int limit) {
        return database.read(handle -> pending(handle, limit));
    }

    private static List<Entry> pending(Handle handle, int limit) {
        return handle.createQuery(PENDING)
                .bind("limit", limit)
                .map((row, context) -> OutboxRows.read(row))
                .list();
    }

    @Override
    public Backlog backlog() {
        return database.read(handle -> handle.createQuery("select count(*), min(occurred_at) from outbox")
                .map((row, context) -> new Backlog(row.getLong(1), Columns.nullableTime(row, 2)))
                .one());
    }
}
