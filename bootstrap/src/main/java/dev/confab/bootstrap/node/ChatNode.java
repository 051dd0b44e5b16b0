package dev.confab.bootstrap.node;

import dev.confab.bootstrap.config.Backend;
import dev.confab.bootstrap.config.ConfabConfig;
import dev.confab.bootstrap.config.Role;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.netty.PortTakenException;
import dev.confab.netty.health.HealthChecks;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * One running process: a gateway, a worker, a notifier, or several of them on the same adapters. Started in order, stopped in reverse; a start
 * that fails closes what was opened.
 */
public final class ChatNode implements AutoCloseable {

    private final Closing closing;
    private final Worker worker;
    private final NotifierRole notifier;
    private final Endpoints endpoints;

    private ChatNode(Closing closing, Worker worker, NotifierRole notifier, Endpoints endpoints) {
        this.closing = closing;
        this.worker = worker;
        this.notifier = notifier;
        this.endpoints = endpoints;
    }

    /**
     * Starts what the configuration asks for. Blocks until it serves.
     *
     * @throws PortTakenException when a port cannot be had
     * @throws RuntimeException when something that is needed does not answer; the message says what
     */
    public static ChatNode start(ConfabConfig config, Clock clock) throws PortTakenException {
        return start(config, clock, WorkerPorts.UNCHANGED);
    }

    /** The same, with the worker's ports changed, which is how tests let it fail between any two steps. */
    static ChatNode start(ConfabConfig config, Clock clock, WorkerPorts workerPorts) throws PortTakenException {
        Closing closing = new Closing();
        try {
            SecureRandom random = new SecureRandom();
            RandomGenerator ids = () -> ThreadLocalRandom.current().nextLong();
            Backends backends = closing.add(
                    switch (config.backend()) {
                        case Backend.Memory memory -> MemoryBackends.open(clock, ids);
                        case Backend.External external ->
                            ExternalBackends.open(external, config.serverId(), clock, ids);
                    });
            Meters meters = closing.add(new Meters());
            HealthChecks health = closing.add(new HealthChecks(backends.checks(), System::nanoTime));
            AutoCloseable unusedMeters = closing.add(
                    config.roles().contains(Role.WORKER) || config.roles().contains(Role.NOTIFIER)
                            ? LogMeters.start(backends, meters.registry(), clock)
                            : () -> {});
            Worker worker = closing.add(
                    config.roles().contains(Role.WORKER)
                            ? Worker.start(
                                    workerPorts.bus().apply(backends.eventBus()),
                                    workerPorts.log().apply(backends.messageLog()),
                                    backends.messageSearch(),
                                    closing.add(Relay.start(backends, meters.registry(), clock)))
                            : Worker.NONE);
            NotifierRole notifier = closing.add(
                    config.roles().contains(Role.NOTIFIER)
                            ? NotifierRole.start(config, backends, meters, clock, random, ids)
                            : NotifierRole.NONE);
            AutoCloseable unused = closing.add(
                    Purge.start(config.roles().contains(Role.WORKER) ? config.retention() : null, backends, clock));
            Endpoints endpoints = closing.add(
                    config.roles().contains(Role.GATEWAY)
                            ? Gateway.start(config, backends, health, meters, clock, random, ids)
                            : ManagementOnly.start(config, health, meters));
            return new ChatNode(closing, worker, notifier, endpoints);
        } catch (RuntimeException | PortTakenException fault) {
            closing.close();
            throw fault;
        }
    }

    /** How a test changes what the worker works with. */
    record WorkerPorts(UnaryOperator<EventBus> bus, UnaryOperator<MessageLog> log) {
        static final WorkerPorts UNCHANGED = new WorkerPorts(UnaryOperator.identity(), UnaryOperator.identity());
    }

    /** The public port that is listened on; 0 without a gateway. */
    public int httpPort() {
        return endpoints.httpPort();
    }

    /** The management port that is listened on. */
    public int managementPort() {
        return endpoints.managementPort();
    }

    /**
     * Lets clients go elsewhere and finishes what was begun (G12): what was accepted is in the log and is stored by this
     * worker or the next one, who is to be told is told by this notifier or the next one.
     */
    public void drain(Duration patience) {
        endpoints.drain(patience);
        worker.close();
        notifier.close();
    }

    /** Ends everything that is still open, in reverse order. Idempotent. */
    @Override
    public void close() {
        closing.close();
    }
}
