package dev.confab.netty.ws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.confab.chat.model.ServerId;
import dev.confab.chat.model.UserId;
import dev.confab.netty.contract.AsyncApi;
import dev.confab.netty.limit.LimitSettings;
import dev.confab.netty.limit.Limits;
import dev.confab.testkit.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A client on an embedded channel: sends masked frames as bytes and reads the server's bytes as frames. Time stands
 * still until it is advanced. Closing it fails when a buffer was not released. Used by one thread.
 */
final class EmbeddedClient implements AutoCloseable {

    static final JsonMapper JSON = new JsonMapper();

    final FakeChat chat = new FakeChat();
    final MutableClock clock = new MutableClock();
    final WebSocketEndpoint endpoint;
    private final MockTicker ticker = Ticker.newMockTicker();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final EmbeddedChannel channel;
    private final EmbeddedChannel encoder = new EmbeddedChannel(new WebSocket13FrameEncoder(true));
    private final EmbeddedChannel decoder = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 1 << 20));
    private final Queue<WebSocketFrame> received = new ArrayDeque<>();

    EmbeddedClient() {
        this(LimitSettings.off());
    }

    EmbeddedClient(LimitSettings limitSettings) {
        WebSocketSettings settings = WebSocketSettings.defaults(new ServerId("server-1"));
        Limits limits = new Limits(limitSettings, ticker::nanoTime);
        endpoint = new WebSocketEndpoint(new Dialect(
                chat,
                chat,
                chat,
                settings,
                Runnable::run,
                clock,
                ticker,
                new WebSocketMetrics(new SimpleMeterRegistry()),
                Dialect.events(chat, chat, chat, chat, limits)));
        channel = EmbeddedChannel.builder()
                .ticker(ticker)
                .handlers(new HttpServerCodec(), new HttpObjectAggregator(8_192), new Route(endpoint))
                .build();
        channel.config().setAllocator(allocator);
        encoder.config().setAllocator(allocator);
        decoder.config().setAllocator(allocator);
    }

    /** Asks for WebSocket; extra header lines end with CRLF. Returns the head of the answer. */
    String handshake(String path, String headers) {
        return request("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers + "\r\n");
    }

    /** Asks for WebSocket and sends bytes of frames in the same packet. */
    void handshakeAndBytes(String path, byte[] frames) {
        ByteBuf head = Unpooled.copiedBuffer(
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                StandardCharsets.US_ASCII);
        channel.writeInbound(head.writeBytes(frames));
        channel.<ByteBuf>readOutbound().release();
    }

    /** Sends a request and returns what is answered. */
    String request(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        ByteBuf head = channel.readOutbound();
        while (head != null) {
            answer.append(head.toString(StandardCharsets.US_ASCII));
            head.release();
            // The answer to a handshake is one buffer; what follows are frames.
            head = answer.indexOf(" 101 ") > 0 ? null : channel.readOutbound();
        }
        return answer.toString();
    }

    /** A client that is through with the handshake and has read {@code connected}. */
    static EmbeddedClient connected() {
        EmbeddedClient client = new EmbeddedClient();
        client.connect();
        return client;
    }

    void connect() {
        String token = chat.tokenOf(UserId.random());
        handshake("/ws?token=" + token, "");
        JsonNode connected = receive();
        if (!connected.path("event").asText().equals("connected")) {
            throw new AssertionError("not connected: " + connected);
        }
    }

    void send(String text) {
        send(new TextWebSocketFrame(text));
    }

    void send(WebSocketFrame... frames) {
        for (WebSocketFrame frame : frames) {
            encoder.writeOutbound(frame);
            for (ByteBuf bytes = encoder.readOutbound(); bytes != null; bytes = encoder.readOutbound()) {
                channel.writeInbound(bytes);
            }
        }
        channel.runPendingTasks();
    }

    /** The next text frame; fails when none came. */
    JsonNode receive() {
        return read(receiveText());
    }

    /** The next text frame as it came; fails when none came, or one that is not as documented. */
    String receiveText() {
        WebSocketFrame frame = next();
        if (!(frame instanceof TextWebSocketFrame text)) {
            throw new AssertionError("no text frame came but " + frame);
        }
        String content = text.text();
        frame.release();
        List<String> wrong = AsyncApi.checkServerFrame(read(content));
        if (!wrong.isEmpty()) {
            throw new AssertionError(content + " is not as documented: " + wrong);
        }
        return content;
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the next frame is a pong. */
    boolean nextIsPong() {
        WebSocketFrame frame = next();
        if (frame == null) {
            return false;
        }
        frame.release();
        return frame instanceof PongWebSocketFrame;
    }

    /** Takes everything that came up to a close frame, and returns its status; fails when none came. */
    int lastClose() {
        for (WebSocketFrame frame = next(); frame != null; frame = next()) {
            int status = frame instanceof CloseWebSocketFrame close ? close.statusCode() : 0;
            frame.release();
            if (status != 0) {
                return status;
            }
        }
        throw new AssertionError("no close frame came");
    }

    /** All text frames that came. */
    List<JsonNode> receiveAll() {
        List<JsonNode> frames = new ArrayList<>();
        while (pump() instanceof TextWebSocketFrame) {
            frames.add(receive());
        }
        return frames;
    }

    /** The status of the close frame that came; fails when none came next. */
    int receiveClose() {
        WebSocketFrame frame = next();
        if (!(frame instanceof CloseWebSocketFrame close)) {
            throw new AssertionError("no close frame came but " + frame);
        }
        int status = close.statusCode();
        frame.release();
        return status;
    }

    /** The next frame of any kind, which the caller releases; null when none came. */
    @Nullable
    WebSocketFrame next() {
        pump();
        return received.poll();
    }

    private @Nullable WebSocketFrame pump() {
        channel.runPendingTasks();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            decoder.writeInbound(bytes);
        }
        for (WebSocketFrame frame = decoder.readInbound(); frame != null; frame = decoder.readInbound()) {
            received.add(frame);
        }
        return received.peek();
    }

    void setWritable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    void advance(Duration time) {
        clock.advance(time);
        ticker.advanceMillis(time.toMillis());
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    boolean isReadFrom() {
        return channel.config().isAutoRead();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void disconnect() {
        channel.close();
        channel.runPendingTasks();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        encoder.finishAndReleaseAll();
        decoder.finishAndReleaseAll();
        received.forEach(WebSocketFrame::release);
        long left = allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
        if (left != 0) {
            throw new AssertionError(left + " bytes were not released");
        }
    }

    private static final class Route extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final WebSocketEndpoint endpoint;

        Route(WebSocketEndpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            endpoint.upgrade(ctx, request);
        }
    }
}
