package dev.confab.netty;

import dev.confab.chat.Chat;
import dev.confab.netty.health.HealthChecks;
import dev.confab.netty.http.Draining;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.offload.Offloads;
import dev.confab.netty.rest.RestApi;
import dev.confab.netty.ws.WebSocketEndpoint;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
    private final Supplier<String> scrape;
    private final RestApi rest;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    private volatile boolean draining;
    private @Nullable EventLoopGroup loops;
    private @Nullable Channel http;
    private @Nullable Channel management;

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
        this.scrape = scrape;
        this.rest = new RestApi(chat, health, limits, offloads, () -> draining);
    }

    /**
     * Listens on both ports, the public one last.
     *
     * @throws PortTakenException when a port cannot be had; nothing is open then
     */
    public void start() throws PortTakenException {
        if (loops != null) {
            throw new IllegalStateException("Started before");
        }
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                settings.ioThreads(),
                new DefaultThreadFactory("confab-io"),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        loops = group;
        boolean started = false;
        try {
            ServerBootstrap bootstrap = new ServerBootstrap()
                    .group(group)
                    .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, settings.backlog())
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true);
            management = listen(
                    bootstrap.clone().childHandler(new ManagementPipeline(settings, rest.managementHandler(scrape))),
                    settings.managementPort());
            http = listen(
                    bootstrap
                            .clone()
                            .childHandler(new ChatPipeline(
                                    settings, limits, rest.publicHandler(), webSockets::upgrade, connections)),
                    settings.httpPort());
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private static Channel listen(ServerBootstrap bootstrap, int port) throws PortTakenException {
        ChannelFuture bound = bootstrap.bind(port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new PortTakenException(port, bound.cause());
        }
        return bound.channel();
    }

    /** The public port that is listened on. */
    public int httpPort() {
        return port(http);
    }

    /** The management port that is listened on. */
    public int managementPort() {
        return port(management);
    }

    private static int port(@Nullable Channel channel) {
        if (channel == null || !(channel.localAddress() instanceof InetSocketAddress address)) {
            throw new IllegalStateException("Not started");
        }
        return address.getPort();
    }

    /**
     * Takes no new connections, lets every open one finish what is under way (G12), and returns when all are closed or
     * after {@code patience}. The management port stays open.
     */
    public void drain(Duration patience) {
        draining = true;
        if (http == null || loops == null) {
            return;
        }
        http.close().awaitUninterruptibly();
        // What was accepted a moment ago is still on its way into the group; a task behind it on its loop is not.
        loops.forEach(loop -> loop.submit(() -> {}).awaitUninterruptibly());
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
        if (management != null) {
            management.close().awaitUninterruptibly();
        }
        if (loops != null) {
            loops.shutdownGracefully(0, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly();
        }
    }
}
