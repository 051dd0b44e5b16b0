package dev.confab.chat;

import dev.confab.chat.inmemory.InMemoryAccessTokens;
import dev.confab.chat.inmemory.InMemoryEventBus;
import dev.confab.chat.inmemory.InMemoryPresence;
import dev.confab.chat.inmemory.InMemoryRevocations;
import dev.confab.chat.inmemory.InMemorySignals;
import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.chat.inmemory.Pbkdf2PasswordHasher;
import dev.confab.chat.port.out.ChatPorts;
import dev.confab.chat.port.out.ChatRuntime;
import dev.confab.chat.port.out.ContentPolicy;
import dev.confab.chat.port.out.RelayPorts;
import dev.confab.chat.port.out.Subscription;
import dev.confab.chat.usecase.ChatAssembly;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** All adapters in memory with a worker on them, and the threads they need. */
record InMemoryNode(ChatPorts ports, ChatRuntime runtime, List<Subscription> worker, List<ExecutorService> threads) {

    static InMemoryNode start(Clock clock) {
        SecureRandom random = new SecureRandom();
        RandomGenerator ids = () -> ThreadLocalRandom.current().nextLong();
        InMemoryStores stores = new InMemoryStores(clock, ids);
        ChatPorts ports = new ChatPorts(
                stores.messageLog(),
                new InMemoryEventBus(),
                stores.rooms(),
                stores.users(),
                stores.logins(),
                stores.readMarkers(),
                stores.notifications(),
                stores.messageSearch(),
                new InMemoryPresence(clock),
                new InMemorySignals(),
                new InMemoryRevocations(clock),
                new InMemoryAccessTokens(clock, random),
                new Pbkdf2PasswordHasher(random),
                ContentPolicy.ANYTHING);
        ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("confab-timer").factory());
        ScheduledExecutorService relay = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("confab-relay").factory());
        Subscription persisting =
                ChatAssembly.startWorker(ports.eventBus(), ports.messageLog(), ports.messageSearch(), timer);
        Subscription relaying = ChatAssembly.startRelay(
                new RelayPorts(stores.outbox(), ports.eventBus(), ports.messageLog(), ports.rooms(), ports.users()),
                relay);
        return new InMemoryNode(
                ports,
                new ChatRuntime(clock, random, ids, blocking, timer),
                List.of(relaying, persisting),
                List.of(relay, blocking));
    }

    void close() {
        worker.forEach(Subscription::close);
        ports.eventBus().close();
        ports.signals().close();
        ports.presence().close();
        ports.revocations().close();
        runtime.timer().shutdownNow();
        threads.forEach(ExecutorService::close);
    }
}
