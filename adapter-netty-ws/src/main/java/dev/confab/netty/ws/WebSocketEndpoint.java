package dev.confab.netty.ws;

import dev.confab.chat.Chat;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.offload.Offload;
import dev.confab.netty.wire.Json;
import dev.confab.netty.wire.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The address {@code /ws}: takes connections over from HTTP and speaks the native dialect on them. One for each server;
 * safe on any thread.
 */
public final class WebSocketEndpoint {

    private final Dialect dialect;
    private final Map<EventLoop, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<ChatConnection, Channel> connections = new ConcurrentHashMap<>();
    private volatile boolean draining;

    /**
     * @param stores calls stores, which block
     * @param limits shared with REST, so that both count together
     */
    public WebSocketEndpoint(
            Chat chat, WebSocketSettings settings, Offload stores, Limits limits, Clock clock, MeterRegistry meters) {
        this(new Dialect(
                chat.authenticate(),
                chat.admitUser(),
                chat.liveChat(),
                settings,
                stores,
                clock,
                Ticker.systemTicker(),
                new WebSocketMetrics(meters),
                Dialect.events(chat.postMessage(), chat.editMessage(), chat.deleteMessage(), chat.markRead(), limits)));
    }

    WebSocketEndpoint(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Answers a request for {@code /ws}. When the handshake is good, every handler from the HTTP codec to the end of
     * the pipeline is replaced; else the request is answered with a problem and the connection is closed. To be called
     * on the event loop, when no answer to an earlier request of the connection is outstanding.
     *
     * @param ctx of the handler that read the request
     * @param request not released here
     */
    public void upgrade(ChannelHandlerContext ctx, HttpRequest request) {
        if (draining) {
            refuse(ctx, new Handshake.Refused(503, "unavailable", "The server is draining."));
            return;
        }
        switch (Handshake.read(request)) {
            case Handshake.Refused refused -> refuse(ctx, refused);
            case Handshake.Agreed agreed -> accept(ctx.channel(), agreed.handshake());
        }
    }

    private void accept(Channel channel, Handshake handshake) {
        Lane lane = lanes.computeIfAbsent(
                channel.eventLoop(),
                loop -> new Lane(loop, channel.alloc(), dialect.metrics().framesSentByLoop()));
        ControlFrames control = new ControlFrames(dialect.settings().closeWithin());
        ChatConnection connection = new ChatConnection(dialect, lane, control, handshake.token());
        WebSocketPipeline.takeOver(channel, handshake, dialect.settings(), dialect.ticker(), control, connection);
        register(connection, channel, lane);
        connection.begin();
    }

    private void register(ChatConnection connection, Channel channel, Lane lane) {
        lane.arrived();
        dialect.metrics().opened();
        connections.put(connection, channel);
        channel.closeFuture().addListener(closed -> {
            connections.remove(connection);
            dialect.metrics().closed();
            lane.departed();
        });
        if (draining) {
            // It came while the others were told.
            connection.drain(reconnectAfter());
        }
    }

    private static void refuse(ChannelHandlerContext ctx, Handshake.Refused refused) {
        ByteBuf body = Json.encode(ctx.alloc(), Problem.of(refused.status(), refused.code(), refused.detail()));
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(refused.status()), body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (refused.status() == HttpResponseStatus.UPGRADE_REQUIRED.code()) {
            // RFC 9110 section 15.5.22 and RFC 6455 section 4.4.
            response.headers()
                    .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                    .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, Handshake.VERSION);
        }
        if (refused.status() == HttpResponseStatus.METHOD_NOT_ALLOWED.code()) {
            // RFC 9110 section 15.5.6.
            response.headers().set(HttpHeaderNames.ALLOW, HttpMethod.GET);
        }
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** Open connections. */
    public int connections() {
        return connections.size();
    }

    /**
     * Stops (G12): takes no new connection, tells each client to go away and when to come back, finishes what was read
     * from it, and closes it with 1001.
     *
     * @param within after half of this, connections are closed whether they are finished or not; after the whole,
     *     whether their peers answered or not
     * @return completes, on some event loop, when the last connection is closed
     */
    public CompletionStage<Void> drain(Duration within) {
        draining = true;
        List<CompletableFuture<?>> closed = new ArrayList<>();
        connections.forEach((connection, channel) -> {
            CompletableFuture<Void> future = new CompletableFuture<>();
            closed.add(future);
            channel.closeFuture().addListener(done -> future.complete(null));
            EventLoop eventLoop = channel.eventLoop();
            eventLoop.execute(() -> connection.drain(reconnectAfter()));
            long half = within.toMillis() / 2;
            var goingAway =
                    eventLoop.schedule(() -> connection.close(CloseCode.GOING_AWAY), half, TimeUnit.MILLISECONDS);
            var closing = eventLoop.schedule(() -> channel.close(), within.toMillis(), TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(done -> {
                goingAway.cancel(false);
                closing.cancel(false);
            });
        });
        return CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new));
    }

    /** Spread, so that not all come back at once. */
    private Duration reconnectAfter() {
        return Duration.ofMillis(ThreadLocalRandom.current()
                .nextLong(dialect.settings().reconnectSpread().toMillis() + 1));
    }
}
