package dev.confab.bootstrap.node;

import dev.confab.chat.Chat;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.MessageSearch;
import dev.confab.chat.port.out.Subscription;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The role that stores what gateways accepted, and tells of what happens to rooms. */
interface Worker extends AutoCloseable {

    /** A process without that role. */
    Worker NONE = () -> {};

    static Worker start(EventBus bus, MessageLog log, MessageSearch search, Relay relay) {
        ScheduledExecutorService indexing = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("confab-index").factory());
        try {
            Subscription subscription = Chat.startWorker(bus, log, search, indexing);
            return () -> {
                relay.close();
                subscription.close();
                indexing.shutdownNow();
            };
        } catch (RuntimeException fault) {
            indexing.shutdownNow();
            throw fault;
        }
    }

    /** Finishes what is under way; idempotent. */
    @Override
    void close();
}
