package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.LiveChat;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

    private final EmbeddedClient client = new EmbeddedClient();
    private final UserId kim = UserId.random();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void connectedTellsWhoAndWhere() {
        client.handshake("/ws?token=" + client.chat.tokenOf(kim), "");

        JsonNode connected = client.receive();
        assertThat(connected.path("event").asText()).isEqualTo("connected");
        assertThat(connected.has("ref")).isFalse();
        JsonNode data = connected.path("data");
        assertThat(data.path("userId").asText()).isEqualTo(kim.toString());
        assertThat(data.path("name").asText()).isEqualTo("Kim");
        assertThat(data.path("serverId").asText()).isEqualTo("server-1");
        assertThat(data.path("epoch").asText()).isEqualTo("epoch-1");
        assertThat(data.path("heartbeatIntervalMs").asInt()).isEqualTo(20_000);
        assertThat(data.path("maxFrameBytes").asInt()).isEqualTo(65_536);
        assertThat(data.path("serverTime").asText()).isEqualTo("2026-02-24T06:00:00.000Z");
        assertThat(data.path("sessionId").asText()).hasSize(36);
    }

    @Test
    void badTokenOfTheHandshakeIsToldOnTheOpenConnection() {
        assertThat(client.handshake("/ws?token=forged", "")).startsWith("HTTP/1.1 101 ");

        assertUnauthenticated();
    }

    @Test
    void firstFrameMayAuthenticate() {
        String token = client.chat.tokenOf(kim);
        client.handshake("/ws", "");

        client.send("{\"event\":\"authenticate\",\"ref\":7,\"data\":{\"token\":\"" + token + "\"}}");

        JsonNode connected = client.receive();
        assertThat(connected.path("event").asText()).isEqualTo("connected");
        assertThat(connected.path("ref").asInt()).isEqualTo(7);
        client.advance(Duration.ofSeconds(6));
        assertThat(client.next()).isNull();
    }

    @Test
    void firstFrameMustComeWithinFiveSeconds() {
        client.handshake("/ws", "");

        client.advance(Duration.ofMillis(4_900));
        assertThat(client.next()).isNull();
        client.advance(Duration.ofMillis(200));

        assertUnauthenticated();
    }

    @Test
    void otherFirstFrameIsRefused() {
        client.handshake("/ws", "");

        client.send("{\"event\":\"heartbeat\"}");

        assertUnauthenticated();
    }

    @Test
    void badTokenOfTheFirstFrameIsRefused() {
        client.handshake("/ws", "");

        client.send("{\"event\":\"authenticate\",\"data\":{\"token\":\"forged\"}}");

        assertUnauthenticated();
    }

    @Test
    void framesBehindTheTokenWaitForTheAnswer() {
        String token = client.chat.tokenOf(kim);
        client.handshake("/ws", "");

        client.send("{\"event\":\"authenticate\",\"data\":{\"token\":\"" + token + "\"}}");
        client.send("{\"event\":\"heartbeat\",\"ref\":1}");

        assertThat(client.receive().path("event").asText()).isEqualTo("connected");
        assertThat(client.receive().path("event").asText()).isEqualTo("reply");
    }

    @Test
    void expiredTokenClosesTheConnection() {
        String token = client.chat.token(
                kim, SessionId.random(), client.clock.instant().plusSeconds(30));
        client.handshake("/ws?token=" + token, "");
        client.receive();

        client.advance(Duration.ofSeconds(31));

        assertThat(client.lastClose()).isEqualTo(4401);
        assertThat(client.chat.session().closed).isTrue();
    }

    @Test
    void freshTokenInTimeKeepsTheConnection() {
        SessionId login = SessionId.random();
        String token = client.chat.token(kim, login, client.clock.instant().plusSeconds(15));
        String fresh = client.chat.token(kim, login, client.clock.instant().plusSeconds(600));
        client.handshake("/ws?token=" + token, "");
        client.receive();

        client.send("{\"event\":\"authenticate\",\"ref\":\"again\",\"data\":{\"token\":\"" + fresh + "\"}}");
        JsonNode connected = client.receive();
        client.advance(Duration.ofSeconds(18));

        assertThat(connected.path("event").asText()).isEqualTo("connected");
        assertThat(connected.path("ref").asText()).isEqualTo("again");
        assertThat(client.chat.sessions).hasSize(1);
        assertThat(client.chat.session().principal).isEqualTo(client.chat.tokens.get(fresh));
        assertThat(client.next()).isNull();
    }

    @Test
    void loginThatEndsWhileItsTokenReplacesAnotherIsNoticed() {
        client.handshake("/ws?token=" + client.chat.tokenOf(kim), "");
        client.receive();
        String fresh = client.chat.tokenOf(kim);
        client.chat.loggedOut = true;

        client.send("{\"event\":\"authenticate\",\"ref\":1,\"data\":{\"token\":\"" + fresh + "\"}}");

        assertUnauthenticated();
        assertThat(client.chat.session().closed).isTrue();
    }

    @Test
    void tokenOfAnotherUserLaterIsRefused() {
        client.connect();
        String other = client.chat.tokenOf(UserId.random());

        client.send("{\"event\":\"authenticate\",\"ref\":1,\"data\":{\"token\":\"" + other + "\"}}");

        assertUnauthenticated();
    }

    @Test
    void missingTokenIsAValidationError() {
        client.handshake("/ws", "");

        client.send("{\"event\":\"authenticate\",\"ref\":1,\"data\":{}}");

        JsonNode error = client.receive();
        assertThat(error.path("data").path("code").asText()).isEqualTo("validation");
        assertThat(error.path("data").path("message").asText()).contains("token");
    }

    @Test
    void loginThatEndsWhileTheConnectionOpensIsNoticed() {
        client.chat.loggedOut = true;

        client.handshake("/ws?token=" + client.chat.tokenOf(kim), "");

        assertUnauthenticated();
        assertThat(client.chat.session().closed).isTrue();
    }

    @Test
    void endOfTheLoginClosesTheConnection() {
        client.connect();

        client.chat.session().listener.onEnd(LiveChat.End.LOGGED_OUT);

        assertUnauthenticated();
    }

    @Test
    void tooManySessionsCloseTheConnection() {
        client.connect();

        client.chat.session().listener.onEnd(LiveChat.End.TOO_MANY_SESSIONS);

        assertThat(client.receiveClose()).isEqualTo(4409);
    }

    @Test
    void resetOfTheStoreSendsClientsAway() {
        client.connect();

        client.chat.session().listener.onEnd(LiveChat.End.STORE_RESET);

        JsonNode goAway = client.receive();
        assertThat(goAway.path("event").asText()).isEqualTo("goAway");
        assertThat(goAway.path("data").path("reason").asText()).isEqualTo("reset");
        assertThat(goAway.path("data").path("reconnectAfterMs").isIntegralNumber())
                .isTrue();
        assertThat(client.receiveClose()).isEqualTo(1001);
    }

    @Test
    void storeThatIsAwayIsNotTheTokensFault() {
        client.chat.storeIsAway = true;

        client.handshake("/ws?token=" + client.chat.tokenOf(kim), "");

        JsonNode error = client.receive();
        assertThat(error.path("data").path("code").asText()).isEqualTo("unavailable");
        assertThat(error.path("data").path("retryable").asBoolean()).isTrue();
        assertThat(client.receiveClose()).isEqualTo(1013);
    }

    @Test
    void whoComesWhenTooManyWaitIsToldWhenToComeBack() {
        client.chat.isCrowded = true;

        client.handshake("/ws?token=" + client.chat.tokenOf(kim), "");

        JsonNode goAway = client.receive();
        assertThat(goAway.path("event").asText()).isEqualTo("goAway");
        assertThat(goAway.path("data").path("reason").asText()).isEqualTo("overloaded");
        assertThat(goAway.path("data").path("reconnectAfterMs").asLong()).isBetween(2_500L, 12_500L);
        assertThat(client.receiveClose()).isEqualTo(1013);
        assertThat(client.chat.sessions).isEmpty();
    }

    @Test
    void sessionEndsWithTheConnection() {
        client.connect();

        client.disconnect();

        assertThat(client.chat.session().closed).isTrue();
        assertThat(client.endpoint.connections()).isZero();
    }

    private void assertUnauthenticated() {
        JsonNode error = client.receive();
        assertThat(error.path("event").asText()).isEqualTo("error");
        assertThat(error.path("data").path("code").asText()).isEqualTo("unauthenticated");
        assertThat(error.path("data").path("retryable").asBoolean()).isFalse();
        assertThat(client.receiveClose()).isEqualTo(4401);
    }
}
