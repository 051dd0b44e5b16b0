package dev.confab.netty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.netty.RawConnection;
import dev.confab.netty.RestClient;
import dev.confab.netty.RestClient.Person;
import dev.confab.netty.RestClient.Reply;
import dev.confab.netty.ServerSettings;
import dev.confab.netty.TestServer;
import dev.confab.netty.limit.LimitSettings;
import dev.confab.netty.limit.RateLimit;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who asks too often is told when to come back, and nobody else notices. */
final class LimitsTest {

    private static final RateLimit ONE_AN_HOUR = RateLimit.parse("1/h burst 1");
    private static final RateLimit THREE_AN_HOUR = RateLimit.parse("1/h burst 3");

    private static TestServer serverWith(
            RateLimit messages,
            RateLimit rest,
            RateLimit joins,
            RateLimit address,
            RateLimit register,
            RateLimit loginFailures,
            RateLimit connections) {
        return TestServer.start(
                ServerSettings.defaults(),
                new LimitSettings(messages, rest, joins, address, register, loginFailures, connections));
    }

    private static final RateLimit OFF = RateLimit.OFF;

    private static void limited(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(429);
        assertThat(reply.code()).isEqualTo("rate-limited");
        assertThat(reply.json().path("retryable").asBoolean()).isTrue();
        assertThat(Long.parseLong(reply.header("retry-after"))).isBetween(1L, 3_600L);
    }

    @Test
    void sendsCountPerUser() {
        try (TestServer server = serverWith(ONE_AN_HOUR, OFF, OFF, OFF, OFF, OFF, OFF)) {
            Person kim = server.client().person("kim");
            Person lee = server.client().person("lee");
            String room = kim.client().room("Room");
            lee.client().post("/rooms/" + room + "/join");

            kim.client().say(room, "one");
            limited(kim.client().post("/rooms/" + room + "/messages", RestClient.message("two")));
            lee.client().say(room, "one");
        }
    }

    @Test
    void callsCountPerUser() {
        try (TestServer server = serverWith(OFF, THREE_AN_HOUR, OFF, OFF, OFF, OFF, OFF)) {
            Person kim = server.client().person("kim");
            Person lee = server.client().person("lee");
            for (int i = 0; i < 3; i++) {
                assertThat(kim.client().get("/users/me").status()).isEqualTo(200);
            }
            limited(kim.client().get("/users/me"));
            assertThat(lee.client().get("/users/me").status()).isEqualTo(200);
        }
    }

    @Test
    void joinsCountPerUser() {
        try (TestServer server = serverWith(OFF, OFF, ONE_AN_HOUR, OFF, OFF, OFF, OFF)) {
            Person kim = server.client().person("kim");
            Person lee = server.client().person("lee");
            String room = kim.client().room("Room");

            assertThat(lee.client().post("/rooms/" + room + "/join").status()).isEqualTo(201);
            limited(lee.client().post("/rooms/" + room + "/join"));
        }
    }

    @Test
    void callsWithoutATokenCountPerAddress() {
        try (TestServer server = serverWith(OFF, OFF, OFF, RateLimit.parse("1/h burst 7"), OFF, OFF, OFF)) {
            RestClient client = server.client();
            Person kim = client.person("kim");
            for (String path : List.of("/nothing", "/users/me", "/rooms", "/unread")) {
                client.get(path);
            }
            assertThat(client.send("DELETE", "/users/me", null).status()).isEqualTo(405);
            limited(client.get("/nothing"));
            limited(client.withToken("forged").get("/users/me"));
            limited(client.post("/auth/login", "{}"));

            assertThat(kim.client().get("/users/me").status()).isEqualTo(200);
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("/health").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void registrationsCountPerAddress() {
        try (TestServer server = serverWith(OFF, OFF, OFF, OFF, ONE_AN_HOUR, OFF, OFF)) {
            RestClient client = server.client();
            client.person("kim");
            limited(client.post(
                    "/auth/register",
                    "{\"email\":\"" + UUID.randomUUID() + "@example.org\",\"password\":\"12345678\"}"));
        }
    }

    @Test
    void wrongPasswordsCountPerAccountAndGoodOnesDoNot() {
        try (TestServer server = serverWith(OFF, OFF, OFF, OFF, OFF, THREE_AN_HOUR, OFF)) {
            RestClient client = server.client();
            Person kim = client.person("kim");
            Person lee = client.person("lee");
            for (int i = 0; i < 10; i++) {
                assertThat(logIn(client, kim, "correct horse").status()).isEqualTo(200);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(logIn(client, kim, "wrong password").status()).isEqualTo(401);
            }
            limited(logIn(client, kim, "correct horse"));
            limited(client.post(
                    "/auth/login",
                    "{\"email\":\" " + kim.email().toUpperCase(java.util.Locale.ROOT)
                            + "\",\"password\":\"wrong pass\"}"));
            assertThat(logIn(client, lee, "correct horse").status()).isEqualTo(200);
        }
    }

    @Test
    void guessesThatRunSideBySideDoNotAllPass() {
        try (TestServer server = serverWith(OFF, OFF, OFF, OFF, OFF, THREE_AN_HOUR, OFF)) {
            RestClient client = server.client();
            Person kim = client.person("kim");

            List<Integer> statuses = IntStream.range(0, 20)
                    .parallel()
                    .mapToObj(i -> logIn(client, kim, "wrong password" + i).status())
                    .toList();
            assertThat(statuses).containsOnly(401, 429);
            assertThat(statuses.stream().filter(status -> status == 401)).hasSize(3);
        }
    }

    @Test
    void newConnectionsCountPerAddress() throws IOException {
        try (TestServer server = serverWith(OFF, OFF, OFF, OFF, OFF, OFF, ONE_AN_HOUR)) {
            String request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
            try (RawConnection first = new RawConnection(server.server().httpPort())) {
                first.send(request);
                assertThat(first.read().status()).isEqualTo(200);
                try (RawConnection second = new RawConnection(server.server().httpPort())) {
                    second.send(request);
                    RawConnection.Response refused = second.read();
                    assertThat(refused.status()).isEqualTo(429);
                    assertThat(refused.body()).contains("\"rate-limited\"");
                    assertThat(refused.header("retry-after")).isNotEmpty();
                    assertThat(second.ends()).isTrue();
                }
                first.send(request);
                assertThat(first.read().status()).isEqualTo(200);
            }
        }
    }

    private static Reply logIn(RestClient client, Person person, String password) {
        return client.post("/auth/login", "{\"email\":\"" + person.email() + "\",\"password\":\"" + password + "\"}");
    }
}
