package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.inmemory.BannedWords;
import dev.confab.netty.RestClient;
import dev.confab.netty.TestServer;
import dev.confab.netty.auth.TokenSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Words that an operator banned are refused over both protocols, and the connection lives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContentRulesTest {

    private final TestServer server = TestServer.start(
            new TokenSettings(new String(TestServer.SECRET, StandardCharsets.UTF_8), null),
            new BannedWords(List.of("darn")));
    private final RestClient.Person kim = server.client().person("kim");

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void aBannedWordIsAValidationError() {
        String room = kim.client().room("room");

        RestClient.Reply refused = kim.client().post("/rooms/" + room + "/messages", RestClient.message("Darn it"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("validation");
        JsonNode error = refused.json().path("errors").get(0);
        assertThat(error.path("field").asText()).isEqualTo("content");
        assertThat(error.path("rule").asText()).isEqualTo("banned-word");

        try (ChatClient client = ChatClient.connect(server.server().httpPort(), kim.accessToken())) {
            JsonNode failed = client.say(room, "Darn it");
            assertThat(failed.path("event").asText()).isEqualTo("messageFailed");
            assertThat(failed.path("data").path("code").asText()).isEqualTo("validation");
            assertThat(failed.path("data").path("retryable").asBoolean()).isFalse();
            assertThat(client.say(room, "Dear me").path("event").asText()).isEqualTo("messageAccepted");
        }
    }
}
