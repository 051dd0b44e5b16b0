package dev.confab.netty;

import dev.confab.chat.Chat;
import dev.confab.netty.health.HealthChecks;
import dev.confab.netty.http.Draining;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.offload.Offloads;
import dev.confab.netty.rest.RestApi;
import dev.confab.netty.ws.WebSocketEndpoint;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * REST and WebSocket on the public port, metrics and health on the management port. Make one, {@link #start()} it once,
 * {@link #drain} it and {@link #close()} it. The parts that are passed in stay open. Methods block and are called by one
 * thread at a time.
 */
public final class ChatServer implements AutoCloseable {

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final ServerSettings settings;
    private final Limits limits;
    private final WebSocketEndpoint webSockets;
    private final ManagementServer management;
    private final RestApi rest;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    private volatile boolean draining;
    private @Nullable Listeners listeners;
    private @Nullable Channel http;

    /**
     * @param scrape makes the text of {@code /metrics}, in the Prometheus text format
     * @param webSockets takes connections over that ask for WebSocket
     */
    public ChatServer(
            ServerSettings settings,
            Chat chat,
            Limits limits,
            HealthChecks health,
            Supplier<String> scrape,
            Offloads offloads,
            WebSocketEndpoint webSockets) {
        this.settings = settings;
        this.limits = limits;
        this.webSockets = webSockets;
        this.management = new ManagementServer(settings, health, scrape, offloads, () -> draining);
        this.rest = new RestApi(chat, health, limits, offloads, () -> draining);
    }

    /**
     * Listens on both ports, the public one last.
     *
     * @throws PortTakenException when a port cannot be had; nothing is open then
     */
    public void start() throws PortTakenException {
        if (listeners != null) {
            throw new IllegalStateException("Started before");
        }
        Listeners opened = new Listeners("confab-io", settings.ioThreads(), settings.backlog());
        listeners = opened;
        boolean started = false;
        try {
            management.start();
            http = opened.listen(
                    settings.httpPort(),
                    new ChatPipeline(settings, limits, rest.publicHandler(), webSockets::upgrade, connections));
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /** The public port that is listened on. */
    public int httpPort() {
        if (http == null) {
            throw new IllegalStateException("Not started");
        }
        return Listeners.port(http);
    }

    /** The management port that is listened on. */
    public int managementPort() {
        return management.port();
    }

    /**
     * Takes no new connections, lets every open one finish what is under way (G12), and returns when all are closed or
     * after {@code patience}. The management port stays open.
     */
    public void drain(Duration patience) {
        draining = true;
        if (http == null || listeners == null) {
            return;
        }
        http.close().awaitUninterruptibly();
        // What was accepted a moment ago is still on its way into the group; a task behind it on its loop is not.
        listeners.settle();
        connections.forEach(connection -> connection.pipeline().fireUserEventTriggered(Draining.NOW));
        webSockets.drain(patience);
        connections.newCloseFuture().awaitUninterruptibly(patience.toMillis());
    }

    /** Closes what is open and lets go of the ports. Idempotent. */
    @Override
    public void close() {
        draining = true;
        if (http != null) {
            http.close().awaitUninterruptibly();
        }
        connections.close().awaitUninterruptibly(CLOSE_PATIENCE.toMillis());
        management.close();
        if (listeners != null) {
            listeners.close();
        }
    }
}
