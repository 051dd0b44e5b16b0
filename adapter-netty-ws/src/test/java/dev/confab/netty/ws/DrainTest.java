package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.RoomId;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** G12: what was read is answered before the connection goes. */
class DrainTest {

    private final EmbeddedClient client = EmbeddedClient.connected();

    @AfterEach
    void close() {
        client.close();
    }

    private CompletableFuture<Void> drain() {
        return client.endpoint.drain(Duration.ofSeconds(4)).toCompletableFuture();
    }

    @Test
    void idleClientIsToldAndClosed() {
        CompletableFuture<Void> drained = drain();

        JsonNode goAway = client.receive();
        assertThat(goAway.path("event").asText()).isEqualTo("goAway");
        assertThat(goAway.path("data").path("reason").asText()).isEqualTo("draining");
        assertThat(goAway.path("data").path("reconnectAfterMs").asLong()).isBetween(0L, 5_000L);
        assertThat(client.receiveClose()).isEqualTo(1001);
        assertThat(drained).isNotDone();

        client.send(new CloseWebSocketFrame(1001, ""));
        assertThat(drained).isDone();
    }

    @Test
    void sendUnderWayIsAnsweredFirst() {
        client.send("""
                {"event":"sendMessage","data":{"roomId":"%s","clientMsgId":"%s","type":"TEXT","content":"x"}}
                """.formatted(RoomId.random(), ClientMessageId.random()));
        client.send("{\"event\":\"heartbeat\"}");

        drain();
        assertThat(client.receive().path("event").asText()).isEqualTo("goAway");
        assertThat(client.next()).isNull();
        assertThat(client.isReadFrom()).isFalse();
        client.chat.postings.getFirst().accept();

        assertThat(client.receiveAll().stream().map(frame -> frame.path("event").asText()))
                .containsExactlyInAnyOrder("reply", "messageAccepted");
        assertThat(client.receiveClose()).isEqualTo(1001);
    }

    @Test
    void sendThatIsNeverAnsweredDoesNotHoldTheServer() {
        client.send("""
                {"event":"sendMessage","data":{"roomId":"%s","clientMsgId":"%s","type":"TEXT","content":"x"}}
                """.formatted(RoomId.random(), ClientMessageId.random()));

        CompletableFuture<Void> drained = drain();
        client.receive();
        client.advance(Duration.ofSeconds(2));
        assertThat(client.receiveClose()).isEqualTo(1001);
        client.advance(Duration.ofSeconds(2));

        assertThat(drained).isDone();
        assertThat(client.isOpen()).isFalse();
    }
}
