package dev.confab.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is too slow to ask is cut off; who waits for an answer is not. */
final class RequestTimeoutTest {

    private final MockTicker ticker = Ticker.newMockTicker();
    private final RequestTimeout timeout = new RequestTimeout(
            Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(75), ticker::nanoTime);
    private final EmbeddedChannel channel = EmbeddedChannel.builder()
            .ticker(ticker)
            .handlers(timeout, new HttpServerCodec(), timeout.milestones())
            .build();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void pass(long seconds) {
        ticker.advance(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private void say(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    private void answer() {
        channel.writeOutbound(Responses.empty(204));
        for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
            ReferenceCountUtil.release(read);
        }
    }

    @Test
    void whoSaysNothingIsCutOff() {
        pass(9);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aHeadThatTricklesIsCutOff() {
        String head = "GET / HT";
        for (int i = 0; i < head.length(); i++) {
            say(head.substring(i, i + 1));
            pass(1);
        }
        assertThat(channel.isOpen()).isTrue();
        say("TP/1.1\r\n");
        pass(2);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aBodyThatTricklesIsCutOff() {
        say("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n");
        pass(59);
        say("x");
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anAnswerMayTakeItsTime() {
        say("GET / HTTP/1.1\r\n\r\n");
        pass(500);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void betweenRequestsThereIsMoreTime() {
        say("GET / HTTP/1.1\r\n\r\n");
        answer();
        pass(74);
        assertThat(channel.isOpen()).isTrue();
        say("G");
        pass(9);
        assertThat(channel.isOpen()).isTrue();
        say("ET / HTTP/1.1\r\n\r\n");
        answer();
        pass(75);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anEarlyAnswerDoesNotExcuseASlowBody() {
        say("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n");
        answer();
        pass(60);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anotherProtocolIsLeftAlone() {
        say("GET /ws HTTP/1.1\r\n\r\n");
        channel.pipeline().remove(HttpServerCodec.class);
        channel.pipeline().removeLast();

        assertThat(channel.pipeline().get(RequestTimeout.class)).isNull();
        pass(500);
        assertThat(channel.isOpen()).isTrue();
    }
}
