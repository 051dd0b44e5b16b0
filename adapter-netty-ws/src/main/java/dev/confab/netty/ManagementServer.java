package dev.confab.netty;

import dev.confab.netty.health.HealthChecks;
import dev.confab.netty.offload.Offloads;
import dev.confab.netty.rest.RestApi;
import io.netty.channel.Channel;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Metrics and health on the management port. Make one, {@link #start()} it once and {@link #close()} it. The parts that
 * are passed in stay open. Methods block and are called by one thread at a time.
 */
public final class ManagementServer implements AutoCloseable {

    private final ServerSettings settings;
    private final HealthChecks health;
    private final Supplier<String> scrape;
    private final Offloads offloads;
    private final BooleanSupplier draining;
    private @Nullable Listeners listeners;
    private @Nullable Channel listening;

    /**
     * A server that is not started.
     *
     * @param scrape makes the text of {@code /metrics}, in the Prometheus text format
     * @param draining whether the process is about to stop, and is not ready any more
     */
    public ManagementServer(
            ServerSettings settings,
            HealthChecks health,
            Supplier<String> scrape,
            Offloads offloads,
            BooleanSupplier draining) {
        this.settings = settings;
        this.health = health;
        this.scrape = scrape;
        this.offloads = offloads;
        this.draining = draining;
    }

    /**
     * Listens on the management port.
     *
     * @throws PortTakenException when the port cannot be had; nothing is open then
     */
    public void start() throws PortTakenException {
        Listeners opened = new Listeners("confab-management", 1, settings.backlog());
        try {
            listening = opened.listen(
                    settings.managementPort(),
                    new ManagementPipeline(settings, RestApi.managementHandler(health, scrape, offloads, draining)));
            listeners = opened;
        } finally {
            if (listeners == null) {
                opened.close();
            }
        }
    }

    /** The port that is listened on. */
    public int port() {
        if (listening == null) {
            throw new IllegalStateException("Not started");
        }
        return Listeners.port(listening);
    }

    /** Lets go of the port. Idempotent. */
    @Override
    public void close() {
        if (listening != null && listeners != null) {
            listening.close().awaitUninterruptibly();
            listeners.close();
        }
    }
}
