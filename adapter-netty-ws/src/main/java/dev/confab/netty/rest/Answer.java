package dev.confab.netty.rest;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.netty.http.Responses;
import dev.confab.netty.wire.Json;
import dev.confab.netty.wire.JsonBody;
import dev.confab.netty.wire.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an endpoint answers, before it is bytes. Immutable. */
record Answer(int status, String mediaType, @Nullable Body body, List<Header> headers) {

    private static final String JSON = "application/json";

    /** Makes the bytes. */
    @FunctionalInterface
    interface Body {
        /** A new buffer, which the caller owns. */
        ByteBuf encode(ByteBufAllocator allocator);
    }

    record Header(String name, String value) {}

    static Answer ok(JsonBody body) {
        return json(200, body);
    }

    static Answer json(int status, JsonBody body) {
        return new Answer(status, JSON, allocator -> Json.encode(allocator, body), List.of());
    }

    static Answer text(String mediaType, String text) {
        return new Answer(200, mediaType, allocator -> ByteBufUtil.writeUtf8(allocator, text), List.of());
    }

    static Answer noContent() {
        return new Answer(204, JSON, null, List.of());
    }

    static Answer problem(Problem problem) {
        Answer answer = new Answer(
                problem.status(), Problem.MEDIA_TYPE, allocator -> Json.encode(allocator, problem), List.of());
        return switch (problem.status()) {
            // RFC 9110 section 15.5.2: 401 says how to do better.
            case 401 -> answer.withHeader("www-authenticate", "Bearer realm=\"confab\"");
            case 503 -> answer.withHeader("retry-after", "1");
            default -> answer;
        };
    }

    static Answer problem(Refusal refusal) {
        return problem(Problem.of(refusal));
    }

    /** The refusal's problem, or what {@code ok} makes of the value. */
    static <T> Answer of(Result<T> result, Function<? super T, Answer> ok) {
        return switch (result) {
            case Result.Ok<T> done -> ok.apply(done.value());
            case Result.Refused<T> refused -> problem(refused.refusal());
        };
    }

    /** The same answer with one header more; it takes the place of one with the same name. */
    Answer withHeader(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.removeIf(header -> header.name().equals(name));
        more.add(new Header(name, value));
        return new Answer(status, mediaType, body, List.copyOf(more));
    }

    /** The response, which the caller owns. */
    FullHttpResponse encode(ByteBufAllocator allocator) {
        FullHttpResponse response =
                body == null ? Responses.empty(status) : Responses.typed(status, mediaType, body.encode(allocator));
        for (Header header : headers) {
            response.headers().set(header.name(), header.value());
        }
        if (status == 204) {
            response.headers().remove(HttpHeaderNames.CONTENT_TYPE);
        }
        return response;
    }
}
