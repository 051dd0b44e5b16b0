package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.netty.limit.LimitSettings;
import dev.confab.netty.limit.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendMessageTest {

    private static final RoomId ROOM = RoomId.random();
    private static final ClientMessageId ID = ClientMessageId.random();

    /** One send and one join an hour. */
    private static final LimitSettings HARDLY_ANY = new LimitSettings(
            RateLimit.parse("1/h burst 1"),
            RateLimit.OFF,
            RateLimit.parse("1/h burst 1"),
            RateLimit.OFF,
            RateLimit.OFF,
            RateLimit.OFF,
            RateLimit.OFF);

    /** A client that has used up what it may send and join. */
    private static EmbeddedClient exhausted() {
        EmbeddedClient client = new EmbeddedClient(HARDLY_ANY);
        client.connect();
        client.send(send(0, ID, "hello"));
        client.chat.postings.getFirst().accept();
        client.send("{\"event\":\"joinRooms\",\"data\":{\"rooms\":[]}}");
        client.receiveAll();
        return client;
    }

    private static String send(Object ref, ClientMessageId id, String content) {
        return """
                {"event":"sendMessage","ref":%s,"data":{"roomId":"%s","clientMsgId":"%s","type":"TEXT","content":"%s"}}
                """.formatted(ref, ROOM, id, content);
    }

    @Test
    void acceptedSendIsAnsweredWhenItIsDurable() {
        try (EmbeddedClient client = EmbeddedClient.connected()) {
            client.send(send(1, ID, "hello"));
            assertThat(client.next()).isNull();

            client.chat.postings.getFirst().accept();

            assertThat(client.receiveText())
                    .isEqualTo("{\"event\":\"messageAccepted\",\"ref\":1,\"data\":{\"clientMsgId\":\"" + ID
                            + "\",\"status\":\"ACCEPTED\"}}");
            PostMessage.Send sent = client.chat.postings.getFirst().send();
            assertThat(sent.roomId()).isEqualTo(ROOM);
            assertThat(sent.clientMessageId()).isEqualTo(ID);
            assertThat(sent.body().type()).isEqualTo(MessageType.TEXT);
            assertThat(sent.body().content()).isEqualTo("hello");
            assertThat(sent.replyTo()).isNull();
        }
    }

    @Test
    void nextFrameWaitsUntilTheSendCannotBeOvertaken() {
        try (EmbeddedClient client = EmbeddedClient.connected()) {
            client.send(send(1, ID, "first"));
            client.send(send(2, ClientMessageId.random(), "second"));
            assertThat(client.chat.postings).hasSize(1);

            client.chat.postings.getFirst().submitted().complete(null);
            assertThat(client.chat.postings).hasSize(2);
            assertThat(client.next()).isNull();

            client.chat.postings.get(1).accept();
            client.chat.postings.get(0).accept();
            assertThat(client.receive().path("ref").asInt()).isEqualTo(2);
            assertThat(client.receive().path("ref").asInt()).isEqualTo(1);
        }
    }

    @Test
    void refusedSendIsAMessageFailed() {
        try (EmbeddedClient client = EmbeddedClient.connected()) {
            client.send(send("\"r\"", ID, "hello"));

            client.chat.postings.getFirst().submitted().complete(null);
            client.chat.postings.getFirst().accepted().complete(Result.refused(Refusal.Code.UNAVAILABLE));

            JsonNode failed = client.receive();
            assertFailed(failed, "unavailable", true);
            assertThat(failed.path("ref").asText()).isEqualTo("r");
            assertThat(failed.path("data").path("clientMsgId").asText()).isEqualTo(ID.toString());
        }
    }

    @Test
    void faultWhoseOutcomeIsNotKnownSaysSo() {
        try (EmbeddedClient client = EmbeddedClient.connected()) {
            client.send(send(1, ID, "hello"));

            client.chat.postings.getFirst().submitted().complete(null);
            client.chat.postings.getFirst().accepted().completeExceptionally(new IllegalStateException("test"));

            assertFailed(client.receive(), "outcome-unknown", true);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"clientMsgId\":\"ID\"}",
                "{\"clientMsgId\":\"ID\",\"roomId\":\"ROOM\",\"content\":\"x\"}",
                "{\"clientMsgId\":\"ID\",\"roomId\":\"ROOM\",\"type\":\"VIDEO\",\"content\":\"x\"}",
                "{\"clientMsgId\":\"ID\",\"roomId\":\"ROOM\",\"type\":\"TEXT\"}",
                "{\"clientMsgId\":\"ID\",\"roomId\":\"ROOM\",\"type\":\"TEXT\",\"content\":5}",
                "{\"clientMsgId\":\"ID\",\"roomId\":\"ROOM\",\"type\":\"TEXT\",\"content\":\"x\",\"replyTo\":\"x\"}",
                "{\"clientMsgId\":\"nope\",\"roomId\":\"ROOM\",\"type\":\"TEXT\",\"content\":\"x\"}",
                "{\"clientMsgId\":5,\"roomId\":\"ROOM\",\"type\":\"TEXT\",\"content\":\"x\"}"
            })
    void wrongFieldIsAMessageFailed(String data) {
        try (EmbeddedClient client = EmbeddedClient.connected()) {
            String fields = data.replace("ID\"", ID + "\"").replace("ROOM", ROOM.toString());
            client.send("{\"event\":\"sendMessage\",\"ref\":1,\"data\":" + fields + "}");

            JsonNode failed = client.receive();
            assertFailed(failed, "validation", false);
            assertThat(failed.path("ref").asInt()).isEqualTo(1);
            assertThat(failed.path("data").has("clientMsgId")).isTrue();
            assertThat(client.chat.postings).isEmpty();
        }
    }

    @Test
    void rateLimitedSendLeavesTheConnectionOpen() {
        try (EmbeddedClient client = exhausted()) {
            client.send(send(1, ID, "hello"));

            assertFailed(client.receive(), "rate-limited", true);
            client.send("{\"event\":\"heartbeat\"}");
            assertThat(client.receive().path("event").asText()).isEqualTo("reply");
        }
    }

    @Test
    void clientThatIgnoresTheLimitIsClosed() {
        try (EmbeddedClient client = exhausted()) {
            for (int i = 0; i < 499; i++) {
                client.send(send(i, ID, "hello"));
            }
            assertThat(client.receiveAll()).hasSize(499);
            client.send("{\"event\":\"joinRoom\",\"data\":{\"roomId\":\"" + ROOM + "\"}}");

            assertThat(client.receive().path("data").path("code").asText()).isEqualTo("rate-limited");
            assertThat(client.receiveClose()).isEqualTo(4429);
        }
    }

    @Test
    void refusalsFarApartAreForgiven() {
        try (EmbeddedClient client = exhausted()) {
            for (int i = 0; i < 900; i++) {
                client.advance(Duration.ofMillis(21));
                client.send(send(i, ID, "hello"));
            }

            assertThat(client.receiveAll()).hasSize(900);
            assertThat(client.isOpen()).isTrue();
        }
    }

    @Test
    void tooManyUnansweredSendsStopTheReading() {
        try (EmbeddedClient client = EmbeddedClient.connected()) {
            for (int i = 0; i < 1_000; i++) {
                client.send(send(i, ClientMessageId.random(), "hello"));
                client.chat.postings.get(i).submitted().complete(null);
            }
            assertThat(client.isReadFrom()).isFalse();

            client.chat.postings.getFirst().accept();
            client.receive();

            assertThat(client.isReadFrom()).isTrue();
        }
    }

    @Test
    void framesThatWaitStopTheReading() {
        try (EmbeddedClient client = EmbeddedClient.connected()) {
            for (int i = 0; i < 70; i++) {
                client.send(send(i, ClientMessageId.random(), "hello"));
            }
            assertThat(client.isReadFrom()).isFalse();

            while (client.chat.postings.size() < 70) {
                client.chat.postings.getLast().accept();
            }

            assertThat(client.isReadFrom()).isTrue();
        }
    }

    private static void assertFailed(JsonNode frame, String code, boolean retryable) {
        assertThat(frame.path("event").asText()).isEqualTo("messageFailed");
        assertThat(frame.path("data").path("status").asText()).isEqualTo("FAILED");
        assertThat(frame.path("data").path("code").asText()).isEqualTo(code);
        assertThat(frame.path("data").path("message").asText()).isNotEmpty();
        assertThat(frame.path("data").path("retryable").asBoolean()).isEqualTo(retryable);
    }
}
