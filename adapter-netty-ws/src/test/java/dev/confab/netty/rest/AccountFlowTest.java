package dev.confab.netty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.netty.RestClient;
import dev.confab.netty.RestClient.Person;
import dev.confab.netty.RestClient.Reply;
import dev.confab.netty.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What people do with their accounts over REST: register, log in and out, stay logged in, look each other up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccountFlowTest {

    private static final String MOMENT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private RestClient client;

    @SuppressWarnings("NullAway.Init")
    private Person kim;

    @SuppressWarnings("NullAway.Init")
    private Person lee;

    @BeforeAll
    void start() {
        server = TestServer.start();
        client = server.client();
        kim = client.person("kim");
        lee = client.person("lee");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void registeringAnswersTheAccount() {
        String email = "New-" + UUID.randomUUID() + "@Example.org";
        Reply reply = client.post("/auth/register", "{\"email\":\"" + email + "\",\"password\":\"12345678\"}");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(names(reply.json())).containsExactly("id", "email", "nickname", "createdAt");
        assertThat(reply.json().path("id").asText()).matches(UUID_FORM);
        assertThat(reply.json().path("createdAt").asText()).matches(MOMENT);
        assertThat(email.toLowerCase(java.util.Locale.ROOT))
                .startsWith(reply.json().path("nickname").asText().toLowerCase(java.util.Locale.ROOT));

        Reply again = client.post("/auth/register", "{\"email\":\"" + email + "\",\"password\":\"12345678\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("email-taken");
    }

    @Test
    void loggingInAnswersTokensAndTheUser() {
        Reply reply = client.post(
                "/auth/login", "{\"email\":\"" + kim.email() + "\",\"password\":\"correct horse\",\"extra\":[1]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(names(reply.json()))
                .containsExactly("accessToken", "tokenType", "expiresIn", "refreshToken", "user");
        assertThat(reply.json().path("tokenType").asText()).isEqualTo("Bearer");
        assertThat(reply.json().path("expiresIn").isIntegralNumber()).isTrue();
        assertThat(names(reply.json().path("user"))).containsExactly("id", "email", "nickname");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void wrongPasswordAndUnknownAddressAreAnsweredAlike() {
        Reply wrong = client.post("/auth/login", "{\"email\":\"" + kim.email() + "\",\"password\":\"wrong password\"}");
        Reply unknown =
                client.post("/auth/login", "{\"email\":\"nobody@example.org\",\"password\":\"wrong password\"}");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("bad-credentials");
        assertThat(unknown.json()).isEqualTo(wrong.json());
        assertThat(wrong.header("www-authenticate")).startsWith("Bearer");
    }

    @Test
    void aRefreshTokenIsGoodOnce() {
        Person park = client.person("park");
        String body = "{\"refreshToken\":\"" + park.refreshToken() + "\"}";

        Reply first = client.post("/auth/refresh", body);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().path("refreshToken").asText()).isNotEqualTo(park.refreshToken());
        RestClient renewed = client.withToken(first.json().path("accessToken").asText());
        assertThat(renewed.get("/users/me").status()).isEqualTo(200);

        Reply second = client.post("/auth/refresh", body);
        assertThat(second.status()).isEqualTo(401);
        assertThat(second.code()).isEqualTo("unauthenticated");
        assertThat(renewed.get("/users/me").status()).isEqualTo(401);
    }

    @Test
    void loggingOutEndsTheAccessTokenToo() {
        Person park = client.person("park");

        Reply reply = park.client().post("/auth/logout", "{\"refreshToken\":\"" + park.refreshToken() + "\"}");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.text()).isEmpty();
        assertThat(park.client().get("/users/me").status()).isEqualTo(401);
    }

    @Test
    void oneSeesOnesOwnAddressAndNobodyElses() {
        Reply me = kim.client().get("/users/me");
        assertThat(names(me.json())).containsExactly("id", "email", "nickname", "createdAt");

        Reply other = kim.client().get("/users/" + lee.id());
        assertThat(other.status()).isEqualTo(200);
        assertThat(names(other.json())).containsExactly("id", "nickname");
    }

    @Test
    void aNicknameCanBeChanged() {
        Person park = client.person("park");

        Reply reply = park.client().patch("/users/me", "{\"nickname\":\"박 🙂\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("nickname").asText()).isEqualTo("박 🙂");
        assertThat(kim.client()
                        .get("/users/" + park.id())
                        .json()
                        .path("nickname")
                        .asText())
                .isEqualTo("박 🙂");
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
