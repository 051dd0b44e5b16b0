package dev.confab.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** WebSocket clients, the same for both sides of a measurement. Listeners are called on the event loop of the client. */
final class Sockets implements AutoCloseable {

    private static final int AT_ONCE = 50;
    private static final int PATIENCE_SECONDS = 60;

    private final EventLoopGroup loops;
    private final List<Channel> channels = new ArrayList<>();

    /** Hears what one client is sent. */
    @FunctionalInterface
    interface Listener {
        void onText(int client, ByteBuf text);
    }

    private Sockets(EventLoopGroup loops) {
        this.loops = loops;
    }

    /**
     * Connects one client for each token; returns when all shook hands.
     *
     * @param tokens an empty one is not sent
     */
    static Sockets connect(URI server, List<String> tokens, Listener listener) {
        boolean epoll = Epoll.isAvailable();
        Sockets sockets = new Sockets(new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()));
        try {
            List<CompletableFuture<Channel>> opening = new ArrayList<>();
            for (int i = 0; i < tokens.size(); i++) {
                opening.add(sockets.open(epoll, server, tokens.get(i), i, listener));
                if (opening.size() == AT_ONCE || i == tokens.size() - 1) {
                    opening.forEach(each -> sockets.channels.add(
                            each.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join()));
                    opening.clear();
                }
            }
            return sockets;
        } catch (RuntimeException fault) {
            sockets.close();
            throw fault;
        }
    }

    private CompletableFuture<Channel> open(boolean epoll, URI server, String token, int index, Listener listener) {
        CompletableFuture<Channel> opened = new CompletableFuture<>();
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        if (!token.isEmpty()) {
            headers.add("Authorization", "Bearer " + token);
        }
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(server)
                .customHeaders(headers)
                .maxFramePayloadLength(1 << 20)
                .withUTF8Validator(false)
                .build();
        new Bootstrap()
                .group(loops)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new FlushConsolidationHandler(256, true),
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(65_536),
                                        new WebSocketClientProtocolHandler(config),
                                        new Client(index, listener, opened));
                    }
                })
                .connect(server.getHost(), server.getPort())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        opened.completeExceptionally(connected.cause());
                    }
                });
        return opened;
    }

    int size() {
        return channels.size();
    }

    Channel channel(int client) {
        return channels.get(client);
    }

    /** Sends a text; on any thread. */
    void send(int client, ByteBuf text) {
        Channel channel = channels.get(client);
        channel.writeAndFlush(new TextWebSocketFrame(text), channel.voidPromise());
    }

    @Override
    public void close() {
        channels.forEach(Channel::close);
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static final class Client extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        private final int index;
        private final Listener listener;
        private final CompletableFuture<Channel> opened;

        Client(int index, Listener listener, CompletableFuture<Channel> opened) {
            this.index = index;
            this.listener = listener;
            this.opened = opened;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                opened.complete(context.channel());
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            listener.onText(index, frame.content());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            opened.completeExceptionally(cause);
            context.close();
        }
    }
}
