package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LivenessTest {

    private final EmbeddedClient client = EmbeddedClient.connected();

    @AfterEach
    void close() {
        client.close();
    }

    private void assertPinged() {
        WebSocketFrame frame = client.next();
        assertThat(frame).isInstanceOf(PingWebSocketFrame.class);
        if (frame != null) {
            frame.release();
        }
    }

    @Test
    void peerIsPingedEveryTwentySeconds() {
        client.advance(Duration.ofSeconds(19));
        assertThat(client.next()).isNull();
        client.advance(Duration.ofSeconds(1));
        assertPinged();
        client.advance(Duration.ofSeconds(20));
        assertPinged();
    }

    @Test
    void silentPeerIsDropped() {
        client.advance(Duration.ofSeconds(20));
        client.advance(Duration.ofSeconds(20));
        client.advance(Duration.ofMillis(4_900));
        assertThat(client.isOpen()).isTrue();

        client.advance(Duration.ofMillis(100));

        assertThat(client.isOpen()).isFalse();
        assertThat(client.chat.session().closed).isTrue();
    }

    @Test
    void anySignOfLifeKeepsThePeer() {
        for (int i = 0; i < 20; i++) {
            client.advance(Duration.ofSeconds(20));
            client.send(new PongWebSocketFrame());
        }

        assertThat(client.isOpen()).isTrue();
    }
}
