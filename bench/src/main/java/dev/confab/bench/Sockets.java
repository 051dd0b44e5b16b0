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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** WebSocket clients, the same for both sides of a measurement. Listeners are called on the event loop of the client. */
final class Sockets implements AutoCloseable {

    private static final int AT_ONCE = 50;
    private static final int PATIENCE_SECONDS = 60;
    /** In a storm a handshake waits its turn. */
    private static final long HANDSHAKE_MILLIS = 120_000;

    private static final Map<ChannelOption<?>, ?> READS = Map.of();

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

    /** Nobody is connected yet. */
    static Sockets nobody() {
        return new Sockets(new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()));
    }

    /**
     * Connects one client for each token; returns when all shook hands.
     *
     * @param tokens an empty one is not sent
     */
    static Sockets connect(URI server, List<String> tokens, Listener listener) {
        return connect(server, tokens, client -> READS, listener);
    }

    /**
     * The same with clients of which some are not as others.
     *
     * @param options by the client's number: more options of its channel
     */
    static Sockets connect(
            URI server, List<String> tokens, IntFunction<Map<ChannelOption<?>, ?>> options, Listener listener) {
        Sockets sockets = nobody();
        try {
            List<CompletableFuture<Channel>> opening = new ArrayList<>();
            for (int i = 0; i < tokens.size(); i++) {
                CompletableFuture<Channel> opened = new CompletableFuture<>();
                sockets.open(server, tokens.get(i), i, options.apply(i), listener, opened);
                opening.add(opened);
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

    /**
     * Connects one more, which is for who asks to close.
     *
     * @param opened completes when it shook hands, before it hears anything
     */
    void open(URI server, String token, int index, Listener listener, CompletableFuture<Channel> opened) {
        open(server, token, index, READS, listener, opened);
    }

    private void open(
            URI server,
            String token,
            int index,
            Map<ChannelOption<?>, ?> options,
            Listener listener,
            CompletableFuture<Channel> opened) {
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        if (!token.isEmpty()) {
            headers.add("Authorization", "Bearer " + token);
        }
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(server)
                .customHeaders(headers)
                .maxFramePayloadLength(1 << 20)
                .withUTF8Validator(false)
                .handshakeTimeoutMillis(HANDSHAKE_MILLIS)
                .build();
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true);
        options.forEach((option, value) -> set(bootstrap, option, value));
        bootstrap
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
    }

    @SuppressWarnings("unchecked") // a map cannot say that each value is of its option's type
    private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }

    int size() {
        return channels.size();
    }

    Channel channel(int client) {
        return channels.get(client);
    }

    /** Sends a text; on any thread. */
    void send(int client, ByteBuf text) {
        send(channels.get(client), text);
    }

    static void send(Channel channel, ByteBuf text) {
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
