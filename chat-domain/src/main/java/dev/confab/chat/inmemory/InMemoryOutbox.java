package dev.confab.chat.inmemory;

import dev.confab.chat.model.ChangeId;
import dev.confab.chat.port.out.Outbox;
import java.util.Collection;
import java.util.List;

/** What is still to be published, in memory. Calls never throw. */
final class InMemoryOutbox implements Outbox {

    private final InMemoryDatabase database;

    InMemoryOutbox(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public List<Entry> pending(int limit) {
        return database.transaction(tables -> tables.outbox.entrySet().stream()
                .limit(limit)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList());
    }

    @Override
    public void done(Collection<ChangeId> ids) {
        database.run(tables -> ids.forEach(tables.outbox::remove));
    }
}
