package dev.confab.bootstrap.node;

import dev.confab.chat.Chat;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.MessageSearch;
import dev.confab.chat.port.out.Subscription;

/** The role that stores what gateways accepted. */
interface Worker extends AutoCloseable {

    /** A process without that role. */
    Worker NONE = () -> {};

    static Worker start(EventBus bus, MessageLog log, MessageSearch search) {
        Subscription subscription = Chat.startWorker(bus, log, search);
        return subscription::close;
    }

    /** Finishes what is under way; idempotent. */
    @Override
    void close();
}
