package dev.confab.bootstrap.node;

import dev.confab.bootstrap.config.Backend;
import dev.confab.chat.Chat;
import dev.confab.chat.model.ServerId;
import dev.confab.chat.port.in.HandleDeadLetters;
import dev.confab.jdbi.JdbiStores;
import dev.confab.kafka.KafkaEventBus;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** What operators do with dead letters, beside the processes that serve: on the log and the store. */
public final class DeadLetterTools implements AutoCloseable {

    private final Closing closing;
    private final HandleDeadLetters handleDeadLetters;

    private DeadLetterTools(Closing closing, HandleDeadLetters handleDeadLetters) {
        this.closing = closing;
        this.handleDeadLetters = handleDeadLetters;
    }

    /**
     * Opens the store and the log.
     *
     * @throws RuntimeException when one of them does not answer; the message says what
     */
    public static DeadLetterTools open(Backend.External servers, Clock clock) {
        Closing closing = new Closing();
        try {
            JdbiStores stores = closing.add(ExternalBackends.openStores(
                    servers.database(), clock, () -> ThreadLocalRandom.current().nextLong()));
            KafkaEventBus bus = closing.add(ExternalBackends.openBus(servers, new ServerId("operator"), clock));
            return new DeadLetterTools(
                    closing, Chat.handleDeadLetters(bus.deadLetters(), stores.deadLetterStates(), clock));
        } catch (RuntimeException fault) {
            closing.close();
            throw fault;
        }
    }

    /** The ways out for dead letters. */
    public HandleDeadLetters handleDeadLetters() {
        return handleDeadLetters;
    }

    @Override
    public void close() {
        closing.close();
    }
}
