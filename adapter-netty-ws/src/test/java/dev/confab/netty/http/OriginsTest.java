package dev.confab.netty.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.confab.netty.RawConnection;
import dev.confab.netty.RawConnection.Response;
import dev.confab.netty.ServerSettings;
import dev.confab.netty.TestServer;
import dev.confab.netty.limit.LimitSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which web pages may talk to the server. */
final class OriginsTest {

    private static final AllowedOrigins ONE = AllowedOrigins.of(List.of("https://chat.example"));

    private static Response ask(AllowedOrigins allowed, String request) throws IOException {
        ServerSettings settings = ServerSettings.defaults().withAllowedOrigins(allowed);
        try (TestServer server = TestServer.start(settings, LimitSettings.off());
                RawConnection connection = new RawConnection(server.server().httpPort())) {
            connection.send(
                    request.replace("{port}", String.valueOf(server.server().httpPort())));
            return connection.read();
        }
    }

    private static String get(String origin) {
        return "GET /health/live HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: " + origin + "\r\n\r\n";
    }

    private static final String UPGRADE = """
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            """;

    @Test
    void whatIsNoPageIsNotAskedForItsOrigin() throws IOException {
        Response response = ask(ONE, "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("access-control-allow-origin")).isEmpty();
        assertThat(response.header("vary")).isEqualTo("origin");
    }

    @Test
    void anAllowedPageMayRead() throws IOException {
        Response response = ask(ONE, get("https://chat.example"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("access-control-allow-origin")).isEqualTo("https://chat.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://chat.example",
                "https://chat.example:8443",
                "null",
                "",
                "https://chat.example.evil"
            })
    void anotherPageIsForbidden(String origin) throws IOException {
        Response response = ask(ONE, get(origin));

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("\"forbidden\"");
        assertThat(response.header("access-control-allow-origin")).isEmpty();
    }

    @Test
    void pagesOfTheServerItselfAlwaysMay() throws IOException {
        for (AllowedOrigins allowed : List.of(AllowedOrigins.OWN, ONE)) {
            assertThat(ask(allowed, get("http://localhost:{port}")).status()).isEqualTo(200);
            assertThat(ask(allowed, get("https://LOCALHOST:{port}")).status()).isEqualTo(200);
            assertThat(ask(allowed, get("http://localhost:1")).status()).isEqualTo(403);
        }
    }

    @Test
    void aStarAllowsEveryPage() throws IOException {
        Response response = ask(AllowedOrigins.of(List.of("*")), get("null"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("access-control-allow-origin")).isEqualTo("*");
    }

    @Test
    void aPreflightIsAnswered() throws IOException {
        String preflight = """
                OPTIONS /rooms HTTP/1.1\r
                Host: x\r
                Origin: %s\r
                Access-Control-Request-Method: POST\r
                Access-Control-Request-Headers: authorization\r
                \r
                """;
        Response fine = ask(ONE, preflight.replace("%s", "https://chat.example"));
        assertThat(fine.status()).isEqualTo(204);
        assertThat(fine.header("access-control-allow-methods")).contains("POST", "PATCH", "DELETE");
        assertThat(fine.header("access-control-allow-headers")).contains("authorization", "content-type");
        assertThat(fine.header("access-control-allow-origin")).isEqualTo("https://chat.example");

        assertThat(ask(ONE, preflight.replace("%s", "https://evil.example")).status())
                .isEqualTo(403);
    }

    @Test
    void aPageOfAnotherOriginOpensNoWebSocket() throws IOException {
        String handshake = "GET /ws HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\n" + UPGRADE + "\r\n";

        Response refused = ask(ONE, handshake.replace("%s", "https://evil.example"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("\"forbidden\"");
        assertThat(ask(ONE, handshake.replace("%s", "https://chat.example")).status())
                .isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat.example",
                "https://",
                "ftp://chat.example",
                "https://chat.example/",
                "https://chat.example/a",
                "https://a@b",
                "null",
                "https://a b"
            })
    void whatIsNoOriginIsNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedOrigins.of(List.of(text)))
                .withMessageContaining(text);
    }
}
