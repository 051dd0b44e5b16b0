package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.port.out.ContentPolicy;
import dev.confab.netty.RestClient;
import dev.confab.netty.RestClient.Reply;
import dev.confab.netty.TestServer;
import dev.confab.netty.auth.HostKeyPairs;
import dev.confab.netty.auth.HostKeys;
import dev.confab.netty.auth.TokenSettings;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A product brings its own users, who never registered here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostUsersTest {

    private final TestServer server = TestServer.start(
            new TokenSettings(
                    null,
                    new TokenSettings.Host(HostKeys.parse(HostKeyPairs.pem(HostKeyPairs.RSA.getPublic())), null, null)),
            ContentPolicy.ANYTHING);

    @AfterAll
    void close() {
        server.close();
    }

    private RestClient client(String subject, String name) {
        return server.client().withToken(HostKeyPairs.token(subject, name));
    }

    @Test
    void aUserIsThereFromTheFirstCallOn() {
        String subject = "idp|" + UUID.randomUUID();
        RestClient kim = client(subject, "Kim");

        JsonNode me = kim.get("/users/me").json();

        assertThat(me.path("nickname").asText()).isEqualTo("Kim");
        assertThat(me.path("email").isNull()).isTrue();
        kim.patch("/users/me", "{\"nickname\":\"Kim II\"}");
        JsonNode again = client(subject, "Another name").get("/users/me").json();
        assertThat(again.path("id")).isEqualTo(me.path("id"));
        assertThat(again.path("nickname").asText()).isEqualTo("Kim II");
    }

    @Test
    void aUserIsThereFromTheFirstConnectionOn() {
        UUID lee = UUID.randomUUID();
        try (ChatClient client =
                ChatClient.connect(server.server().httpPort(), HostKeyPairs.token(lee.toString(), "Lee"))) {
            assertThat(client("somebody", "Somebody")
                            .get("/users/" + lee)
                            .json()
                            .path("nickname")
                            .asText())
                    .isEqualTo("Lee");
            String room = client(lee.toString(), "Lee").room("of a host's user");
            assertThat(client.say(room, "hello").path("event").asText()).isEqualTo("messageAccepted");
        }
    }

    @Test
    void theVeryFirstCallMayBeASend() {
        String room = client("host", "Host").room("open");

        Reply reply = client("new|" + UUID.randomUUID(), "New")
                .post("/rooms/" + room + "/messages", RestClient.message("hello"));

        assertThat(reply.code()).isEqualTo("not-a-member");
    }

    @Test
    void nobodyRegistersOrLogsInWhereTheHostHasTheAccounts() {
        RestClient client = server.client();
        String credentials = "{\"email\":\"kim@example.org\",\"password\":\"correct horse\"}";

        for (Reply reply : new Reply[] {
            client.post("/auth/register", credentials),
            client.post("/auth/login", credentials),
            client.post("/auth/refresh", "{\"refreshToken\":\"x\"}")
        }) {
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("forbidden");
        }
    }
}
