package dev.confab.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The floors that are servers: {@code echo}, or {@code fanout N M}, which answers each frame of a client by writing M
 * times one pre-encoded frame with N bytes of text to every client, with one flush for each client.
 */
final class BareServer {

    private BareServer() {}

    /** Serves until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        boolean epoll = Epoll.isAvailable();
        var loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        boolean echo = args[0].equals("echo");
        Everybody everybody = echo
                ? new Everybody(Unpooled.EMPTY_BUFFER, 0)
                : new Everybody(frame(Integer.parseInt(args[1])), Integer.parseInt(args[2]));
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (echo) {
                            channel.pipeline().addLast(new FlushConsolidationHandler(256, true));
                        }
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(65_536),
                                        new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                                                .websocketPath("/ws")
                                                .withUTF8Validator(false)
                                                .build()),
                                        echo ? new Echo() : everybody);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        System.out.println(
                "The floor is ready at http://localhost:" + ((InetSocketAddress) server.localAddress()).getPort());
        server.closeFuture().sync();
    }

    /** An unmasked text frame, RFC 6455 section 5.2. */
    private static ByteBuf frame(int length) {
        ByteBuf frame = Unpooled.directBuffer(length + 4);
        frame.writeByte(0x81);
        if (length < 126) {
            frame.writeByte(length);
        } else {
            frame.writeByte(126).writeShort(length);
        }
        for (int i = 0; i < length; i++) {
            frame.writeByte('x');
        }
        return Unpooled.unreleasableBuffer(frame);
    }

    private static final class Echo extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            context.writeAndFlush(frame.retain(), context.voidPromise());
        }
    }

    @ChannelHandler.Sharable
    private static final class Everybody extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        private final Map<EventLoop, List<Channel>> clients = new ConcurrentHashMap<>();
        private final ByteBuf frame;
        private final int times;

        Everybody(ByteBuf frame, int times) {
            this.frame = frame;
            this.times = times;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            clients.computeIfAbsent(context.channel().eventLoop(), loop -> new CopyOnWriteArrayList<>())
                    .add(context.channel());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            clients.getOrDefault(context.channel().eventLoop(), List.of()).remove(context.channel());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame message) {
            clients.forEach((loop, channels) -> loop.execute(() -> {
                for (Channel channel : channels) {
                    // From the head of the pipeline: the frame is ready for the wire.
                    ChannelHandlerContext first = channel.pipeline().firstContext();
                    for (int i = 1; i < times; i++) {
                        first.write(frame.duplicate(), channel.voidPromise());
                    }
                    first.writeAndFlush(frame.duplicate(), channel.voidPromise());
                }
            }));
        }
    }
}
