package dev.confab.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.io.IOException;
import java.net.URI;

/** One WebSocket connection, from its handshake to its end. Its listener is called on the event loop it was opened on. */
final class Connection extends SimpleChannelInboundHandler<WebSocketFrame> {

    /** Not or no longer authenticated: do not come back with the same token. */
    static final int UNAUTHENTICATED = 4401;

    /** RFC 6455 section 7.1.5: it ended without a close frame. */
    private static final int BROKEN = 1006;

    private static final int CONNECT_MILLIS = 5_000;

    private final FrameReader reader;
    private final Listener listener;
    private boolean isOpen;
    private int code = BROKEN;

    /** Hears of one connection. Either {@link #notOpened} or {@link #opened} is called, and after that {@link #closed}. */
    interface Listener {

        void opened(Channel channel);

        void notOpened();

        void heard(ServerFrame frame);

        void closed(int code);
    }

    private Connection(FrameReader reader, Listener listener) {
        this.reader = reader;
        this.listener = listener;
    }

    static void open(EventLoop loop, URI server, String token, FrameReader reader, Listener listener) {
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(server)
                .customHeaders(new DefaultHttpHeaders().add("Authorization", "Bearer " + token))
                .maxFramePayloadLength(1 << 20)
                .withUTF8Validator(false)
                .handleCloseFrames(false)
                .handshakeTimeoutMillis(CONNECT_MILLIS)
                .build();
        Connection connection = new Connection(reader, listener);
        new Bootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new FlushConsolidationHandler(256, true),
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(65_536),
                                        new WebSocketClientProtocolHandler(config),
                                        connection);
                    }
                })
                .connect(server.getHost(), server.getPort())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        listener.notOpened();
                    }
                });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            isOpen = true;
            listener.opened(context.channel());
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) throws IOException {
        if (frame instanceof TextWebSocketFrame text) {
            listener.heard(reader.read(text.content()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            code = close.statusCode();
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (isOpen) {
            listener.closed(code);
        } else {
            listener.notOpened();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException || cause instanceof WebSocketHandshakeException)) {
            System.err.println("load: a connection is closed: " + cause);
        }
        context.close();
    }
}
