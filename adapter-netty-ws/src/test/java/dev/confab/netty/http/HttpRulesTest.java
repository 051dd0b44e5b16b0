package dev.confab.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.netty.RawConnection;
import dev.confab.netty.RawConnection.Response;
import dev.confab.netty.RestClient;
import dev.confab.netty.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** HTTP/1.1 on the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpRulesTest {

    private static final String HOST = "Host: localhost\r\n";

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private String bearer;

    @BeforeAll
    void start() {
        server = TestServer.start();
        RestClient client = server.client();
        RestClient.Person kim = client.person("kim");
        String login = "{\"email\":\"" + kim.email() + "\",\"password\":\"correct horse\"}";
        bearer = "Authorization: Bearer "
                + client.post("/auth/login", login).json().path("accessToken").asText() + "\r\n";
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private RawConnection connect() throws IOException {
        return new RawConnection(server.server().httpPort());
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        List<String> paths = new ArrayList<>();
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            // Some block and some are prompt: without care the prompt ones would overtake.
            String path = i % 3 == 0 ? "/health/live" : i % 3 == 1 ? "/users/me" : "/nothing" + i;
            paths.add(path);
            requests.append("GET ")
                    .append(path)
                    .append(" HTTP/1.1\r\n")
                    .append(HOST)
                    .append(bearer)
                    .append("\r\n");
        }
        try (RawConnection connection = connect()) {
            connection.send(requests.toString());
            for (String path : paths) {
                Response response = connection.read();
                assertThat(response.body())
                        .contains(path.equals("/users/me") ? "email" : path.startsWith("/no") ? "not-found" : "ok");
            }
        }
    }

    @Test
    void aRefusedRequestKeepsItsPlaceAmongPipelinedOnes() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("GET /users/me HTTP/1.1\r\n" + HOST + bearer + "\r\nNONSENSE\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
            Response refused = connection.read();
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("\"malformed\"");
            assertThat(connection.ends()).isTrue();
        }
    }

    @Test
    void aConnectionIsKeptUnlessTheClientSaysOtherwise() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("GET /health/live HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
            connection.send("GET /health/live HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n");
            assertThat(connection.read().header("connection")).isEqualTo("close");
            assertThat(connection.ends()).isTrue();
        }
        try (RawConnection connection = connect()) {
            connection.send("GET /health/live HTTP/1.0\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(connection.ends()).isTrue();
        }
    }

    @Test
    void headAnswersTheHeadOfGet() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("HEAD /health/live HTTP/1.1\r\n" + HOST + "\r\n");
            Response head = connection.read(false);
            connection.send("GET /health/live HTTP/1.1\r\n" + HOST + "\r\n");
            Response get = connection.read();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
            assertThat(get.body()).isEqualTo("{\"status\":\"ok\"}");
        }
    }

    @Test
    void optionsSaysWhatIsThere() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n");
            Response whole = connection.read();
            assertThat(whole.status()).isEqualTo(204);
            assertThat(whole.header("allow")).contains("GET", "POST", "PATCH");
            connection.send("OPTIONS /users/me HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(connection.read().header("allow")).isEqualTo("GET, HEAD, PATCH, OPTIONS");
            connection.send("TRACE /users/me HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(connection.read().status()).isEqualTo(405);
        }
    }

    @Test
    void theAbsoluteFormIsUnderstood() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("GET http://localhost/health/live?x=1 HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
            connection.send("GET http://localhost HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(connection.read().status()).isEqualTo(404);
        }
    }

    @Test
    void exactlyOneHostIsNeeded() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("GET /health/live HTTP/1.1\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(400);
        }
        try (RawConnection connection = connect()) {
            connection.send("GET /health/live HTTP/1.1\r\n" + HOST + HOST + "\r\n");
            assertThat(connection.read().status()).isEqualTo(400);
        }
    }

    @Test
    void aLongRequestLineIsAnswered() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("GET /" + "x".repeat(500_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
            problem(connection.read(), 414, "uri-too-long");
            assertThat(connection.ends()).isTrue();
        }
    }

    @Test
    void longHeadersAreAnswered() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("GET /health HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(500_000) + "\r\n\r\n");
            problem(connection.read(), 431, "headers-too-large");
            assertThat(connection.ends()).isTrue();
        }
    }

    @Test
    void whoAsksFirstIsToldBeforeTheBody() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send(
                    "POST /auth/login HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(100);
            connection.send("{}");
            assertThat(connection.read().status()).isEqualTo(400);
        }
        try (RawConnection connection = connect()) {
            connection.send(
                    "POST /auth/login HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 2000000\r\n\r\n");
            problem(connection.read(), 413, "too-large");
            assertThat(connection.ends()).isTrue();
        }
    }

    @Test
    void aChunkedBodyCountsToo() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("POST /auth/login HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
            for (int i = 0; i < 17; i++) {
                connection.send(chunk);
            }
            connection.send("0\r\n\r\nGET /health/live HTTP/1.1\r\n" + HOST + "\r\n");
            problem(connection.read(), 413, "too-large");
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    @Test
    void brokenChunksAreMalformed() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("POST /auth/login HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n");
            problem(connection.read(), 400, "malformed");
            assertThat(connection.ends()).isTrue();
        }
    }

    @Test
    void anotherProtocolIsNotMistakenForHttp() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("SSH-2.0-OpenSSH_9.9\r\n\r\n");
            problem(connection.read(), 400, "malformed");
            assertThat(connection.ends()).isTrue();
        }
        try (RawConnection connection = connect()) {
            connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            assertThat(connection.read().status()).isIn(400, 505);
        }
    }

    @Test
    void thePathOfTheWebSocketAsksForAnUpgrade() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("GET /ws HTTP/1.1\r\n" + HOST + "\r\n");
            Response response = connection.read();
            problem(response, 426, "upgrade-required");
            assertThat(response.header("upgrade")).isEqualTo("websocket");
        }
    }

    @Test
    void aWebSocketBeginsOnTheSamePort() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("GET /ws HTTP/1.1\r\n" + HOST
                    + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            Response response = connection.read();
            assertThat(response.status()).isEqualTo(101);
            // The example of RFC 6455 section 1.3.
            assertThat(response.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        }
    }

    private static void problem(Response response, int status, String code) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("content-type")).isEqualTo("application/problem+json");
        assertThat(response.body()).contains("\"code\":\"" + code + "\"");
    }
}
