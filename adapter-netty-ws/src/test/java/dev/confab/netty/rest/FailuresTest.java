package dev.confab.netty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.port.in.Authenticate;
import dev.confab.chat.port.in.MeetUser;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.PresenceUnavailableException;
import dev.confab.chat.port.out.StoreUnavailableException;
import dev.confab.netty.limit.LimitSettings;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.offload.Offload;
import dev.confab.netty.offload.Offloads;
import dev.confab.testkit.Eventually;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is answered when something is thrown, and that nothing is left behind. */
final class FailuresTest {

    private final Offloads offloads = new Offloads(new Offload("stores", 1, 1), new Offload("passwords", 1, 1));
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void close() {
        go.countDown();
        offloads.close();
    }

    private EmbeddedChannel channel(Route... routes) {
        Limits limits = new Limits(LimitSettings.off(), System::nanoTime);
        return new EmbeddedChannel(
                new RestHandler(new Router(List.of(routes)), Authenticate.NOBODY, MeetUser.NOBODY, limits, offloads));
    }

    private static Route blocking(Supplier<Answer> work) {
        return new Route(HttpMethod.GET, "/x", Access.OPEN, new Route.Blocking(Offloads::stores, call -> work.get()));
    }

    private static FullHttpRequest request() {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/x", Unpooled.buffer());
    }

    private static FullHttpResponse ask(EmbeddedChannel channel) {
        FullHttpRequest request = request();
        channel.writeInbound(request);
        Eventually.holds(() -> {
            channel.runPendingTasks();
            assertThat(channel.outboundMessages()).isNotEmpty();
        });
        assertThat(request.refCnt()).isZero();
        FullHttpResponse response = channel.readOutbound();
        return response;
    }

    private static String body(FullHttpResponse response) {
        String body = response.content().toString(StandardCharsets.UTF_8);
        response.release();
        return body;
    }

    private FullHttpResponse thrown(RuntimeException thrown) {
        EmbeddedChannel channel = channel(blocking(() -> {
            throw thrown;
        }));
        return ask(channel);
    }

    @Test
    void anOutageIsUnavailableAndWorthTryingAgain() {
        for (RuntimeException away : List.of(
                new StoreUnavailableException("jdbc:postgresql://secret"),
                new BusUnavailableException("broker secret"),
                new PresenceUnavailableException("redis secret"))) {
            FullHttpResponse response = thrown(away);
            assertThat(response.status().code()).isEqualTo(503);
            assertThat(response.headers().get("retry-after")).isEqualTo("1");
            assertThat(body(response))
                    .contains("\"unavailable\"", "\"retryable\":true")
                    .doesNotContain("secret");
        }
    }

    @Test
    void anythingElseIsInternalAndTellsNothingOfTheInside() {
        FullHttpResponse response = thrown(new IllegalStateException("SELECT secret"));

        assertThat(response.status().code()).isEqualTo(500);
        assertThat(body(response))
                .contains("\"internal\"", "trace id")
                .doesNotContain("secret", "IllegalState", "java.");
    }

    @Test
    void aPromptEndpointMayFailInEveryWay() {
        Route thrown = new Route(HttpMethod.GET, "/x", Access.OPEN, new Route.Prompt(call -> {
            throw new IllegalStateException("secret");
        }));
        Route failed = new Route(
                HttpMethod.GET,
                "/x",
                Access.OPEN,
                new Route.Prompt(call -> CompletableFuture.<Answer>failedFuture(new StoreUnavailableException("x"))
                        .thenApply(answer -> answer)));
        Route unwritable = new Route(
                HttpMethod.GET,
                "/x",
                Access.OPEN,
                new Route.Prompt(call -> CompletableFuture.supplyAsync(() -> Answer.ok(json -> {
                    throw new UncheckedIOException(new java.io.IOException("secret"));
                }))));

        FullHttpResponse first = ask(channel(thrown));
        assertThat(first.status().code()).isEqualTo(500);
        assertThat(body(first)).doesNotContain("secret");
        FullHttpResponse second = ask(channel(failed));
        assertThat(second.status().code()).isEqualTo(503);
        second.release();
        FullHttpResponse third = ask(channel(unwritable));
        assertThat(third.status().code()).isEqualTo(500);
        assertThat(body(third)).doesNotContain("secret");
    }

    @Test
    void whatDoesNotFitAnyMoreIsUnavailableAtOnce() {
        EmbeddedChannel busy = channel(blocking(() -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Answer.noContent();
        }));
        busy.writeInbound(request());
        busy.writeInbound(request());
        FullHttpResponse refused = ask(busy);
        assertThat(refused.status().code()).isEqualTo(503);
        refused.release();

        go.countDown();
        Eventually.holds(() -> {
            busy.runPendingTasks();
            assertThat(busy.outboundMessages()).hasSize(2);
        });
        busy.releaseOutbound();
    }

    @Test
    void anAnswerForNobodyIsReleased() {
        EmbeddedChannel channel = channel(blocking(() -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Answer.ok(json -> json.writeString("late"));
        }));
        FullHttpRequest request = request();
        channel.writeInbound(request);
        channel.close();
        go.countDown();
        Eventually.holds(() -> {
            channel.runPendingTasks();
            assertThat(request.refCnt()).isZero();
        });
        assertThat(channel.outboundMessages()).isEmpty();
    }
}
