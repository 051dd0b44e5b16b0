package dev.confab.bench.fault;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Links on the loopback interface, each from a port of its own to a server, that can be cut and healed. */
public final class FaultyNetwork implements AutoCloseable {

    /** One thread, so that what a link is in the middle of needs no locks. */
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("faulty-network", true), NioIoHandler.newFactory());

    private final EventLoop loop = loops.next();

    /** Makes a link that leads nowhere yet. */
    public Link open() {
        Link link = new Link(loop);
        link.listen(loops);
        return link;
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** One link. */
    public static final class Link {

        private final EventLoop loop;
        private final Set<Relay> relays = new HashSet<>();
        private volatile int port;
        private volatile int target;
        /** Of the event loop alone. */
        private @Nullable Cut cut;

        private Link(EventLoop loop) {
            this.loop = loop;
        }

        private void listen(EventLoopGroup loops) {
            Channel listening = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .childOption(ChannelOption.AUTO_READ, false)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel front) {
                            accepted(front);
                        }
                    })
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .syncUninterruptibly()
                    .channel();
            port = ((InetSocketAddress) listening.localAddress()).getPort();
        }

        private void accepted(SocketChannel front) {
            Relay relay = new Relay(this, front);
            relays.add(relay);
            if (cut == Cut.DROP) {
                relay.reset();
            } else if (cut != Cut.SILENCE) {
                relay.connect();
            }
        }

        /** Where clients connect to, on 127.0.0.1. */
        public int port() {
            return port;
        }

        /** Where new connections lead from now on, on 127.0.0.1. */
        public void leadTo(int serverPort) {
            target = serverPort;
        }

        int target() {
            return target;
        }

        @Nullable
        Cut cut() {
            return cut;
        }

        void ended(Relay relay) {
            relays.remove(relay);
        }

        /** Cuts it. Returns when it is cut. */
        public void cut(Cut how) {
            on(() -> {
                cut = how;
                if (how == Cut.DROP) {
                    List.copyOf(relays).forEach(Relay::reset);
                }
            });
        }

        /** Ends any cut. Returns when it has ended. */
        public void heal() {
            on(() -> {
                Cut was = cut;
                cut = null;
                if (was == Cut.LOST_ANSWERS) {
                    List.copyOf(relays).forEach(Relay::reset);
                } else {
                    List.copyOf(relays).forEach(Relay::goOn);
                }
            });
        }

        private void on(Runnable task) {
            loop.submit(task).syncUninterruptibly();
        }
    }
}
