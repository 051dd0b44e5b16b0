package dev.confab.bootstrap.node;

import dev.confab.chat.inmemory.InMemoryBroker;
import dev.confab.chat.inmemory.InMemoryEventBus;
import dev.confab.chat.inmemory.InMemoryPresence;
import dev.confab.chat.inmemory.InMemoryRevocations;
import dev.confab.chat.inmemory.InMemorySharedLimits;
import dev.confab.chat.inmemory.InMemorySignals;
import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.netty.health.HealthCheck;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/** Keeps everything in this process. */
final class MemoryBackends {

    private MemoryBackends() {}

    static Backends open(Clock clock, RandomGenerator ids) {
        Closing closing = new Closing();
        InMemoryStores stores = new InMemoryStores(clock, ids);
        InMemoryEventBus bus = closing.add(new InMemoryBroker(InMemoryBroker.DEFAULT_PARTITIONS, clock).connect());
        InMemoryPresence presence = closing.add(new InMemoryPresence(clock));
        return new Backends(
                stores.messageLog(),
                bus,
                bus.notifications(),
                stores.rooms(),
                stores.users(),
                stores.logins(),
                stores.readMarkers(),
                stores.notifications(),
                stores.messageSearch(),
                stores.outbox(),
                stores.retention(),
                bus.deadLetters(),
                stores.deadLetterStates(),
                bus.backlog(),
                presence,
                closing.add(new InMemorySignals()),
                closing.add(new InMemoryRevocations(clock)),
                new InMemorySharedLimits(clock),
                List.of(
                        HealthCheck.required("database", stores.messageLog()::check),
                        HealthCheck.optional("redis", presence::check),
                        HealthCheck.required("kafka", bus::check)),
                closing);
    }
}
