package dev.confab.bootstrap.node;

import dev.confab.bootstrap.config.Backend;
import dev.confab.chat.Chat;
import dev.confab.chat.port.in.KeepMessages;
import dev.confab.chat.port.in.RebuildUnread;
import dev.confab.jdbi.JdbiStores;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** What operators do with the store, beside the processes that serve. */
public final class OperatorTools implements AutoCloseable {

    private final JdbiStores stores;

    private OperatorTools(JdbiStores stores) {
        this.stores = stores;
    }

    /**
     * Opens the store.
     *
     * @throws RuntimeException when it does not answer; the message says what
     */
    public static OperatorTools open(Backend.Database database, Clock clock) {
        return new OperatorTools(ExternalBackends.openStores(
                database, clock, () -> ThreadLocalRandom.current().nextLong()));
    }

    /** Recounts unread counts. */
    public RebuildUnread rebuildUnread() {
        return Chat.rebuildUnread(stores.unreadRepair());
    }

    /** Decides for how long single rooms keep their messages. */
    public KeepMessages keepMessages() {
        return Chat.keepMessages(stores.retention());
    }

    @Override
    public void close() {
        stores.close();
    }
}
