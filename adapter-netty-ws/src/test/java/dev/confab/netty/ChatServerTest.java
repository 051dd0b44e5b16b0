package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.port.out.StoreUnavailableException;
import dev.confab.netty.RestClient.Reply;
import dev.confab.netty.health.HealthCheck;
import dev.confab.netty.limit.LimitSettings;
import dev.confab.testkit.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Starting, stopping and being looked after. */
final class ChatServerTest {

    private static final String PING = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0);
                TestServer running = TestServer.start()) {
            for (int port : new int[] {taken.getLocalPort(), running.server().httpPort()}) {
                assertThatThrownBy(() -> TestServer.startOn(port, 0))
                        .isInstanceOf(PortTakenException.class)
                        .hasMessageContaining(String.valueOf(port));
                assertThatThrownBy(() -> TestServer.startOn(0, port))
                        .isInstanceOf(PortTakenException.class)
                        .hasMessageContaining(String.valueOf(port));
            }
        }
    }

    @Test
    void aPortIsFreeAgainAfterClosing() throws IOException {
        int port;
        try (TestServer server = TestServer.start()) {
            port = server.server().httpPort();
            assertThat(server.client().get("/health/live").status()).isEqualTo(200);
        }
        try (TestServer again = TestServer.startOn(port, 0)) {
            assertThat(again.client().get("/health/live").status()).isEqualTo(200);
        }
    }

    @Test
    void drainingAnswersWhatIsUnderWayAndClosesTheRest() throws IOException {
        try (TestServer server = TestServer.start()) {
            RestClient.Person kim = server.client().person("kim");
            int port = server.server().httpPort();
            try (RawConnection idle = new RawConnection(port);
                    RawConnection busy = new RawConnection(port)) {
                idle.send(PING);
                assertThat(idle.read().status()).isEqualTo(200);
                busy.send("""
                        POST /auth/login HTTP/1.1\r
                        Host: localhost\r
                        Content-Length: 2\r
                        Expect: 100-continue\r
                        \r
                        """);
                assertThat(busy.read().status()).isEqualTo(100);
                CompletableFuture<Void> drained =
                        CompletableFuture.runAsync(() -> server.server().drain(Duration.ofSeconds(30)));

                assertThat(idle.ends()).isTrue();
                assertThat(drained).isNotDone();
                busy.send("{}");
                RawConnection.Response last = busy.read();
                assertThat(last.status()).isEqualTo(400);
                assertThat(last.header("connection")).isEqualTo("close");
                assertThat(busy.ends()).isTrue();
                idle.close();
                busy.close();
                drained.join();
                assertThatThrownBy(() -> new RawConnection(port)).isInstanceOf(IOException.class);
            }
            Reply ready = server.management().get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().path("status").asText()).isEqualTo("down");
            assertThat(server.management().get("/health/live").status()).isEqualTo(200);
            assertThat(kim.id()).isNotEmpty();
        }
    }

    @Test
    void theManagementPortTellsMore() {
        HealthCheck broken = HealthCheck.optional("redis", () -> {
            throw new IOException("redis at localhost:6379 did not answer");
        });
        try (TestServer server = TestServer.start(
                ServerSettings.defaults(),
                LimitSettings.off(),
                List.of(HealthCheck.required("database", () -> {}), broken))) {
            Reply inside = server.management().get("/health");
            assertThat(inside.status()).isEqualTo(503);
            assertThat(inside.json().path("status").asText()).isEqualTo("degraded");
            assertThat(inside.json().at("/checks/redis/detail").asText()).contains("6379");

            Reply outside = server.client().get("/health");
            assertThat(outside.status()).isEqualTo(503);
            assertThat(outside.text())
                    .isEqualTo("{\"status\":\"degraded\",\"checks\":"
                            + "{\"database\":{\"status\":\"up\"},\"redis\":{\"status\":\"down\"}}}");

            assertThat(server.client().get("/health/ready").status()).isEqualTo(200);
            assertThat(server.management().get("/metrics").text()).isEqualTo("confab_up 1\n");
            assertThat(server.management().get("/metrics").header("content-type"))
                    .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
            assertThat(server.client().get("/metrics").status()).isEqualTo(404);
            assertThat(server.management().get("/rooms").status()).isEqualTo(404);
        }
    }

    @Test
    void aServerWhoseDatabaseIsAwayIsNotReadyButAlive() {
        AtomicBoolean away = new AtomicBoolean(true);
        HealthCheck database = HealthCheck.required("database", () -> {
            if (away.get()) {
                throw new StoreUnavailableException("away");
            }
        });
        try (TestServer server = TestServer.start(ServerSettings.defaults(), LimitSettings.off(), List.of(database))) {
            assertThat(server.client().get("/health/ready").status()).isEqualTo(503);
            assertThat(server.client().get("/health").json().path("status").asText())
                    .isEqualTo("down");
            assertThat(server.client().get("/health/live").status()).isEqualTo(200);
            away.set(false);
            Eventually.holds(() ->
                    assertThat(server.client().get("/health/ready").status()).isEqualTo(200));
        }
    }
}
