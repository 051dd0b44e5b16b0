package dev.confab.netty.http;

import dev.confab.chat.model.Refusal;
import dev.confab.netty.wire.Problem;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets browsers in from allowed origins alone (CORS, the Fetch standard section 3.2), for REST and for the handshake of
 * WebSocket, which browsers let every page make. A request without {@code Origin} is not from another page. Stands behind
 * {@link OneAtATime}: there is one request at a time.
 */
public final class OriginGate extends ChannelDuplexHandler {

    private static final int MAX_AGE_SECONDS = 600;

    private final AllowedOrigins allowed;
    private @Nullable String origin;

    public OriginGate(AllowedOrigins allowed) {
        this.allowed = allowed;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof FullHttpRequest request)) {
            ctx.fireChannelRead(message);
            return;
        }
        List<String> origins = request.headers().getAll(HttpHeaderNames.ORIGIN);
        if (origins.isEmpty()) {
            origin = null;
            ctx.fireChannelRead(request);
            return;
        }
        String from = origins.getFirst();
        boolean fine =
                origins.size() == 1 && allowed.allows(from, request.headers().get(HttpHeaderNames.HOST));
        origin = fine ? from : null;
        if (fine && !isPreflight(request)) {
            ctx.fireChannelRead(request);
            return;
        }
        request.release();
        FullHttpResponse response = fine
                ? Responses.empty(204)
                : Responses.problem(
                        ctx.alloc(),
                        Problem.of(403, Refusal.Code.FORBIDDEN.word(), "Pages of this origin are not allowed here."));
        if (fine) {
            response.headers()
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, PATCH, DELETE")
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type")
                    .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
        }
        write(ctx, response, ctx.newPromise());
        ctx.flush();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof FullHttpResponse response) {
            HttpHeaders headers = response.headers();
            if (!allowed.any()) {
                headers.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
            }
            if (origin != null) {
                headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowed.any() ? "*" : origin)
                        .set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "location, retry-after, www-authenticate");
                origin = null;
            }
        }
        ctx.write(message, promise);
    }

    private static boolean isPreflight(FullHttpRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }
}
