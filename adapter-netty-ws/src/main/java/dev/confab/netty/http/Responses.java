package dev.confab.netty.http;

import dev.confab.netty.wire.Json;
import dev.confab.netty.wire.JsonBody;
import dev.confab.netty.wire.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/** Makes responses, each complete and with a length. Whoever gets one owns it. Safe on any thread. */
public final class Responses {

    private Responses() {}

    /** A response without a body. */
    public static FullHttpResponse empty(int status) {
        return response(status, Unpooled.EMPTY_BUFFER);
    }

    /** A response with a JSON value. */
    public static FullHttpResponse json(ByteBufAllocator allocator, int status, JsonBody body) {
        return typed(status, "application/json", Json.encode(allocator, body));
    }

    /** A problem (RFC 9457). */
    public static FullHttpResponse problem(ByteBufAllocator allocator, Problem problem) {
        return typed(problem.status(), Problem.MEDIA_TYPE, Json.encode(allocator, problem));
    }

    /** A response with a body of any type, which it takes over. */
    public static FullHttpResponse typed(int status, String mediaType, ByteBuf body) {
        FullHttpResponse response = response(status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, mediaType)
                // Answers hold tokens and what only members may see, and the next one may differ.
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set("x-content-type-options", "nosniff");
        return response;
    }

    /** The whole seconds after which to come back, never too early. */
    public static long wholeSeconds(long nanos) {
        return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
    }

    private static FullHttpResponse response(int status, ByteBuf body) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        // RFC 9110 section 8.6: no Content-Length with 204.
        if (status != HttpResponseStatus.NO_CONTENT.code()) {
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        return response;
    }
}
