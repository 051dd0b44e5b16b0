package dev.confab.bootstrap.node;

import dev.confab.bootstrap.config.Backend;
import dev.confab.chat.Chat;
import dev.confab.chat.model.ServerId;
import dev.confab.chat.port.in.TraceMessage;
import dev.confab.chat.port.out.TracePorts;
import dev.confab.jdbi.JdbiStores;
import dev.confab.kafka.KafkaEventBus;
import dev.confab.redis.RedisAdapters;
import dev.confab.redis.RedisSettings;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What operators ask of where messages have been, of the store, the logs and the gateways. */
public final class TraceTools implements AutoCloseable {

    private final Closing closing;
    private final TraceMessage traceMessage;

    private TraceTools(Closing closing, TraceMessage traceMessage) {
        this.closing = closing;
        this.traceMessage = traceMessage;
    }

    /**
     * Opens the servers. Redis may be away: then no gateway is asked.
     *
     * @throws RuntimeException when the store or the log does not answer; the message says what
     */
    public static TraceTools open(Backend.External servers, Clock clock) {
        Closing closing = new Closing();
        try {
            JdbiStores stores = closing.add(ExternalBackends.openStores(
                    servers.database(), clock, () -> ThreadLocalRandom.current().nextLong()));
            ServerId operator = new ServerId("operator-" + UUID.randomUUID());
            KafkaEventBus bus = closing.add(ExternalBackends.openBus(servers, operator, clock));
            RedisAdapters redis = closing.add(
                    RedisAdapters.open(new RedisSettings(servers.redisUrl(), servers.namespace(), operator), clock));
            return new TraceTools(
                    closing,
                    Chat.traceMessage(new TracePorts(
                            stores.commandFinder(),
                            bus.trail(),
                            bus.deadLetters(),
                            stores.deadLetterStates(),
                            redis.signals())));
        } catch (RuntimeException fault) {
            closing.close();
            throw fault;
        }
    }

    /** Where messages have been. */
    public TraceMessage traceMessage() {
        return traceMessage;
    }

    @Override
    public void close() {
        closing.close();
    }
}
