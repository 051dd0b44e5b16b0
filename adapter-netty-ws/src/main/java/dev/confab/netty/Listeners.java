package dev.confab.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Event loops and the ports that are listened on with them. Methods block and are called by one thread at a time. */
final class Listeners implements AutoCloseable {

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final EventLoopGroup loops;
    private final ServerBootstrap bootstrap;

    Listeners(String threads, int count, int backlog) {
        boolean epoll = Epoll.isAvailable();
        loops = new MultiThreadIoEventLoopGroup(
                count,
                new DefaultThreadFactory(threads),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, backlog)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true);
    }

    /**
     * Listens on a port.
     *
     * @throws PortTakenException when it cannot be had
     */
    Channel listen(int port, ChannelHandler connection) throws PortTakenException {
        ChannelFuture bound =
                bootstrap.clone().childHandler(connection).bind(port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new PortTakenException(port, bound.cause());
        }
        return bound.channel();
    }

    /** Waits until every loop has done what it was given before. */
    void settle() {
        loops.forEach(loop -> loop.submit(() -> {}).awaitUninterruptibly());
    }

    static int port(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }
}
