package dev.confab.jdbi;

import dev.confab.chat.model.ChangeId;
import dev.confab.chat.port.out.Outbox;
import java.util.Collection;
import java.util.List;

/** What is still to be published, in PostgreSQL. Safe on any thread. */
final class JdbiOutbox implements Outbox {

    private static final String PENDING =
            "select " + OutboxRows.COLUMNS + " from outbox order by position limit :limit";

    private final Database database;

    JdbiOutbox(Database database) {
        this.database = database;
    }

    @Override
    public List<Entry> pending(int limit) {
        return database.read(handle -> handle.createQuery(PENDING)
                .bind("limit", limit)
                .map((row, context) -> OutboxRows.read(row))
                .list());
    }

    @Override
    public void done(Collection<ChangeId> ids) {
        if (!ids.isEmpty()) {
            database.write(handle -> handle.createUpdate("delete from outbox where id = any(?)")
                    .bind(0, UuidArray.of(ids, ChangeId::value))
                    .execute());
        }
    }
}
