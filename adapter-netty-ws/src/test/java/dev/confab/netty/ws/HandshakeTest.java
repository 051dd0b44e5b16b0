package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

    private final EmbeddedClient client = new EmbeddedClient();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void keyIsAnsweredAsInTheExampleOfTheStandard() {
        String answer = client.handshake("/ws", "");

        assertThat(answer).startsWith("HTTP/1.1 101 ").contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(answer).doesNotContain("Sec-WebSocket-Protocol");
    }

    @Test
    void knownSubprotocolIsAgreedOn() {
        assertThat(client.handshake("/ws", "Sec-WebSocket-Protocol: other, confab.v1\r\n"))
                .contains("Sec-WebSocket-Protocol: confab.v1\r\n");
    }

    @Test
    void unknownSubprotocolIsLeftOutOfTheAnswer() {
        assertThat(client.handshake("/ws", "Sec-WebSocket-Protocol: other\r\n"))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContain("Sec-WebSocket-Protocol");
    }

    @Test
    void stompIsRefused() {
        assertThat(client.handshake("/ws", "Sec-WebSocket-Protocol: v12.stomp\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"validation\"");
    }

    @Test
    void tokenMayComeInTheHeader() {
        String token = client.chat.tokenOf(UserId.random());

        client.handshake("/ws", "Authorization: Bearer " + token + "\r\n");

        assertThat(client.receive().path("event").asText()).isEqualTo("connected");
    }

    @Test
    void tokenMayComeInTheQuery() {
        String token = client.chat.tokenOf(UserId.random());

        client.handshake("/ws?a=b&token=" + token, "");

        assertThat(client.receive().path("event").asText()).isEqualTo("connected");
    }

    @Test
    void plainRequestIsToldToUpgrade() {
        assertThat(client.request("GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 426 ")
                .containsIgnoringCase("upgrade: websocket\r\n");
    }

    @Test
    void otherMethodsAreToldTheRightOne() {
        assertThat(client.request("POST /ws HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("allow: GET\r\n")
                .contains("\"code\":\"method-not-allowed\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "14"})
    void otherVersionsAreToldTheRightOne(String version) {
        String answer = client.request("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: "
                + version + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 426 ").containsIgnoringCase("sec-websocket-version: 13\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sec-WebSocket-Key: c2hvcnQ=\r\n", "Sec-WebSocket-Key: ###\r\n"})
    void badKeyIsRefused(String key) {
        String answer = client.request("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n" + key + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void framesThatCameWithTheRequestAreNotLost() {
        String token = client.chat.tokenOf(UserId.random());
        // A ping without payload; the mask is 0.
        client.handshakeAndBytes("/ws?token=" + token, new byte[] {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0});

        assertThat(client.nextIsPong()).isTrue();
        assertThat(client.receive().path("event").asText()).isEqualTo("connected");
    }

    @Test
    void drainingServerTakesNoConnection() {
        client.endpoint.drain(java.time.Duration.ofSeconds(1));

        assertThat(client.handshake("/ws", "")).startsWith("HTTP/1.1 503 ");
    }
}
