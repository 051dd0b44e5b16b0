package dev.confab.chat.inmemory;

import dev.confab.chat.port.out.Outbox;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** What is still to be published, in memory. Throws nothing of its own. */
final class InMemoryOutbox implements Outbox {

    private final InMemoryDatabase database;
    private final ReentrantLock relaying = new ReentrantLock();

    InMemoryOutbox(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public int relay(int limit, Consumer<List<Entry>> publisher) {
        if (!relaying.tryLock()) {
            return 0;
        }
        try {
            List<Entry> entries = pending(limit);
            if (!entries.isEmpty()) {
                publisher.accept(entries);
                database.run(tables -> entries.forEach(entry -> tables.outbox.remove(entry.id())));
            }
            return entries.size();
        } finally {
            relaying.unlock();
        }
    }

    @Override
    public List<Entry> pending(int limit) {
        return database.transaction(tables -> tables.outbox.entrySet().stream()
                .limit(limit)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList());
    }

    @Override
    public Backlog backlog() {
        return database.transaction(tables -> new Backlog(
                tables.outbox.size(),
                tables.outbox.isEmpty()
                        ? null
                        : tables.outbox.values().iterator().next().occurredAt()));
    }
}
