package dev.confab.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.netty.wire.Problem;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OneAtATimeTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new OneAtATime());

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static FullHttpRequest request(String path) {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path, Unpooled.buffer());
    }

    private String next() {
        FullHttpRequest request = channel.readInbound();
        if (request == null) {
            return "";
        }
        request.release();
        return request.uri();
    }

    private void answer() {
        channel.writeOutbound(Responses.empty(204));
        channel.runPendingTasks();
        channel.releaseOutbound();
    }

    @Test
    void theNextRequestWaitsForTheAnswer() {
        channel.writeInbound(request("/1"), request("/2"), request("/3"));

        assertThat(next()).isEqualTo("/1");
        assertThat(next()).isEmpty();
        assertThat(channel.config().isAutoRead()).isFalse();
        answer();
        assertThat(next()).isEqualTo("/2");
        assertThat(next()).isEmpty();
        answer();
        assertThat(next()).isEqualTo("/3");
        assertThat(channel.config().isAutoRead()).isFalse();
        answer();
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void anInterimAnswerIsNoAnswer() {
        channel.writeInbound(request("/1"), request("/2"));
        next();
        channel.writeOutbound(Unpooled.buffer());

        assertThat(next()).isEmpty();
        channel.releaseOutbound();
    }

    @Test
    void aRefusedRequestIsAnsweredInItsTurn() {
        channel.writeInbound(request("/1"), new RefusedRequest(Problem.of(400, "malformed", "no"), 7, true));
        assertThat(next()).isEqualTo("/1");
        assertThat(channel.outboundMessages()).isEmpty();
        channel.writeOutbound(Responses.empty(204));
        channel.runPendingTasks();

        channel.<FullHttpResponse>readOutbound().release();
        FullHttpResponse refused = channel.readOutbound();
        assertThat(refused.status().code()).isEqualTo(400);
        assertThat(refused.headers().get("connection")).isEqualTo("close");
        assertThat(refused.headers().get("retry-after")).isEqualTo("7");
        refused.release();
    }

    @Test
    void manyReadyAnswersDoNotNest() {
        for (int i = 0; i < 20_000; i++) {
            channel.writeInbound(new RefusedRequest(Problem.of(400, "malformed", "no"), 0, false));
        }
        channel.runPendingTasks();
        assertThat(channel.outboundMessages()).hasSize(20_000);
        channel.releaseOutbound();
    }

    @Test
    void whatWaitsWhenTheConnectionEndsIsReleased() {
        FullHttpRequest waiting = request("/2");
        channel.writeInbound(request("/1"), waiting);
        next();
        channel.close();

        assertThat(waiting.refCnt()).isZero();
    }
}
