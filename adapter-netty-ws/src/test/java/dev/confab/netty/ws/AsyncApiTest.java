package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.netty.contract.AsyncApi;
import dev.confab.netty.limit.LimitSettings;
import dev.confab.netty.limit.Limits;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/asyncapi.yaml} and the code know the same events. That the frames themselves are as documented is checked
 * for every frame that {@link EmbeddedClient} receives in any test.
 */
class AsyncApiTest {

    @Test
    void everyEventOfClientsIsDocumented() {
        FakeChat chat = new FakeChat();
        Set<String> known =
                new TreeSet<>(Dialect.events(chat, chat, chat, chat, new Limits(LimitSettings.off(), () -> 0))
                        .keySet());
        known.add(Authentication.EVENT);

        assertThat(AsyncApi.clientEvents()).isEqualTo(known);
    }

    @Test
    void documentedExamplesAreUnderstood() {
        for (JsonNode example : AsyncApi.clientExamples()) {
            assertThat(AsyncApi.checkClientFrame(example)).isEmpty();
            try (EmbeddedClient client = EmbeddedClient.connected()) {
                client.chat.tokens.put(
                        example.path("data").path("token").asText(),
                        client.chat.tokens.values().iterator().next());

                client.send(example.toString());

                for (JsonNode answer : client.receiveAll()) {
                    assertThat(answer.path("data").path("code").asText())
                            .isNotIn("validation", "unknown-event", "malformed");
                }
            }
        }
    }

    @Test
    void everyEventOfTheServerIsDocumented() {
        assertThat(AsyncApi.serverEvents())
                .containsExactlyInAnyOrder(
                        "connected",
                        "reply",
                        "error",
                        "messageAccepted",
                        "messageFailed",
                        "newMessage",
                        "messageEdited",
                        "messageDeleted",
                        "messageRejected",
                        "readReceipt",
                        "typing",
                        "memberJoined",
                        "memberLeft",
                        "memberRemoved",
                        "memberBanned",
                        "roleChanged",
                        "roomUpdated",
                        "roomClosed",
                        "userJoined",
                        "userLeft",
                        "presence",
                        "roomHead",
                        "goAway");
    }
}
