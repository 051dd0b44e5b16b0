package dev.confab.netty.http;

import dev.confab.netty.wire.Problem;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.function.Supplier;

/**
 * Hands a connection over when it asks for WebSocket on {@code /ws} (RFC 6455 section 4.1). The handler that takes over
 * is added at the end of the pipeline and reads the upgrade request first, which it owns from then on, as it does the
 * connection. Above it remain the codec, the aggregator and what {@code kept} does not name to be removed; the handshake
 * removes the first two.
 */
public final class WebSocketGate extends ChannelInboundHandlerAdapter {

    /** Where WebSocket is spoken. */
    public static final String PATH = "/ws";

    /** The name of the handler that takes over. */
    public static final String HANDLER = "webSocket";

    private final Supplier<ChannelHandler> webSocket;
    private final List<String> httpOnly;

    /**
     * @param webSocket makes the handler for one connection
     * @param httpOnly names of the handlers that mean nothing to WebSocket and go
     */
    public WebSocketGate(Supplier<ChannelHandler> webSocket, List<String> httpOnly) {
        this.webSocket = webSocket;
        this.httpOnly = List.copyOf(httpOnly);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof FullHttpRequest request) || !isForWebSocket(request.uri())) {
            ctx.fireChannelRead(message);
        } else if (asksForUpgrade(request)) {
            handOver(ctx, request);
        } else {
            request.release();
            FullHttpResponse response = Responses.problem(
                    ctx.alloc(), Problem.of(426, "upgrade-required", "This is the address of the WebSocket."));
            // RFC 9110 section 15.5.22: 426 must name the protocol.
            response.headers()
                    .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
            ctx.writeAndFlush(response);
        }
    }

    private void handOver(ChannelHandlerContext ctx, FullHttpRequest request) {
        ChannelPipeline pipeline = ctx.pipeline();
        for (String name : httpOnly) {
            if (pipeline.get(name) != null) {
                pipeline.remove(name);
            }
        }
        pipeline.addLast(HANDLER, webSocket.get());
        ctx.fireChannelRead(request);
        pipeline.remove(this);
    }

    private static boolean asksForUpgrade(FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        return request.method().equals(HttpMethod.GET)
                && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    private static boolean isForWebSocket(String uri) {
        String path = RequestTarget.path(uri);
        return path.equals(PATH);
    }
}
