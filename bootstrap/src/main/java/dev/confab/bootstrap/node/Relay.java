package dev.confab.bootstrap.node;

import dev.confab.chat.Chat;
import dev.confab.chat.port.out.Outbox;
import dev.confab.chat.port.out.RelayPorts;
import dev.confab.chat.port.out.StoreUnavailableException;
import dev.confab.chat.port.out.Subscription;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The part of a worker that tells of what happens to rooms, with a look at how much waits to be told. */
final class Relay implements AutoCloseable {

    private static final long MEASURED_EVERY_SECONDS = 5;

    private final Outbox outbox;
    private final Clock clock;
    private final ScheduledExecutorService thread = named("confab-relay");
    /** Of its own, so that a relay that waits is seen to wait. */
    private final ScheduledExecutorService measuring = named("confab-relay-backlog");

    private final Subscription subscription;
    private volatile double changes = Double.NaN;
    private volatile double oldestSeconds = Double.NaN;

    private Relay(Backends backends, MeterRegistry meters, Clock clock) {
        this.outbox = backends.outbox();
        this.clock = clock;
        Gauge.builder("confab.outbox.changes", () -> changes)
                .description("Changes of rooms that are still to be published")
                .register(meters);
        Gauge.builder("confab.outbox.oldest", () -> oldestSeconds)
                .description("Age of the oldest change of a room that is still to be published")
                .baseUnit("seconds")
                .register(meters);
        var unused = measuring.scheduleWithFixedDelay(this::measure, 0, MEASURED_EVERY_SECONDS, TimeUnit.SECONDS);
        subscription = Chat.startRelay(
                new RelayPorts(outbox, backends.eventBus(), backends.messageLog(), backends.rooms(), backends.users()),
                thread);
    }

    static Relay start(Backends backends, MeterRegistry meters, Clock clock) {
        return new Relay(backends, meters, clock);
    }

    private static ScheduledExecutorService named(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    private void measure() {
        try {
            Outbox.Backlog backlog = outbox.backlog();
            changes = backlog.changes();
            oldestSeconds = backlog.oldest() == null
                    ? 0
                    : Duration.between(backlog.oldest(), clock.instant()).toMillis() / 1_000.0;
        } catch (StoreUnavailableException away) {
            changes = Double.NaN;
            oldestSeconds = Double.NaN;
        }
    }

    /** Finishes what is under way; idempotent. */
    @Override
    public void close() {
        measuring.shutdownNow();
        subscription.close();
        thread.shutdownNow();
    }
}
