package dev.confab.netty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.confab.netty.RestClient;
import dev.confab.netty.RestClient.Person;
import dev.confab.netty.RestClient.Reply;
import dev.confab.netty.TestServer;
import dev.confab.netty.contract.OpenApi;
import dev.confab.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/openapi.yaml} says what the server does: every operation is called, and every answer held against it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenApiTest {

    private static final String NOWHERE = "00000000-0000-4000-8000-000000000000";

    private final Set<String> called = new TreeSet<>();
    private final Set<String> succeeded = new TreeSet<>();

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void everyRouteIsDocumentedAndEveryOperationHasARoute() {
        Set<String> routes = TestRoutes.of(server).stream()
                .map(route -> route.method() + " " + route.template())
                .collect(Collectors.toCollection(TreeSet::new));
        routes.add("GET /metrics");

        assertThat(OpenApi.operations()).isEqualTo(routes);
    }

    @Test
    void everyExampleFitsItsSchema() {
        for (String operation : OpenApi.operations()) {
            JsonNode example = OpenApi.example(operation);
            if (!example.isMissingNode()) {
                assertThat(OpenApi.checkRequest(operation, example))
                        .as(operation)
                        .isEmpty();
            }
        }
    }

    @Test
    void everyOperationAnswersAsDocumented() {
        RestClient client = server.client().seenBy(this::check);
        Person kim = client.person("kim");
        Person lee = client.person("lee");
        String room = people(client, kim, lee);
        messages(kim, room);
        moderation(kim, lee, client.person("choi"));
        refusals(client, kim, room);
        for (RestClient port : new RestClient[] {client, server.management().seenBy(this::check)}) {
            port.get("/health");
            port.get("/health/live");
            port.get("/health/ready");
        }
        server.management().seenBy(this::check).get("/metrics");

        assertThat(succeeded).isEqualTo(OpenApi.operations());
        // 503 needs an outage and 429 limits; both have tests of their own.
        for (String operation : OpenApi.operations()) {
            for (String status : OpenApi.statuses(operation)) {
                if (status.startsWith("2")) {
                    assertThat(called).contains(operation + " " + status);
                }
            }
        }
    }

    private static String people(RestClient client, Person kim, Person lee) {
        String again = "{\"refreshToken\":\"" + lee.refreshToken() + "\"}";
        JsonNode renewed = client.post("/auth/refresh", again).json();
        client.post("/auth/refresh", again);
        client.post("/auth/login", "{\"email\":\"" + kim.email() + "\",\"password\":\"wrong password\"}");
        client.post("/auth/register", "{\"email\":\"" + kim.email() + "\",\"password\":\"long enough\"}");
        Person park = client.person("park");
        park.client().post("/auth/logout", "{\"refreshToken\":\"" + park.refreshToken() + "\"}");
        assertThat(renewed.path("accessToken").asText()).isNotEmpty();

        kim.client().get("/users/me");
        kim.client().patch("/users/me", "{\"nickname\":\"Kim\"}");
        kim.client().get("/users/" + lee.id());
        kim.client().get("/users?q=le&limit=1");
        kim.client().get("/users");
        kim.client().post("/presence/query", "{\"userIds\":[\"" + lee.id() + "\",\"" + NOWHERE + "\"]}");
        String room = kim.client()
                .post("/rooms", "{\"name\":\"Plans\",\"capacity\":2,\"metadata\":{\"a\":{\"b\":[null]}}}")
                .json()
                .path("id")
                .asText();
        kim.client().get("/rooms/" + room);
        return room;
    }

    private static void moderation(Person kim, Person lee, Person choi) {
        String direct = "{\"type\":\"DIRECT\",\"memberIds\":[\"" + lee.id() + "\"]}";
        kim.client().post("/rooms", direct);
        kim.client().post("/rooms", direct);
        kim.client().get("/rooms?limit=2");
        kim.client().get("/rooms/public?q=plans&limit=1");
        String room = "/rooms/"
                + kim.client()
                        .post("/rooms", "{\"name\":\"Table\",\"type\":\"BOOKING\",\"bookingId\":\"b-1\"}")
                        .json()
                        .path("id")
                        .asText();
        String invitation = "{\"userId\":\"" + lee.id() + "\"}";
        choi.client().post(room + "/members", invitation);
        kim.client().post(room + "/members", invitation);
        kim.client().post(room + "/members", invitation);
        choi.client().post(room + "/close");
        kim.client().patch(room + "/members/" + lee.id(), "{\"role\":\"ADMIN\"}");
        kim.client().patch(room + "/members/" + lee.id(), "{\"role\":\"OWNER\"}");
        kim.client().patch(room + "/members/" + choi.id(), "{\"role\":\"ADMIN\"}");
        kim.client().patch(room, "{\"name\":\"Table 4\",\"metadata\":{\"a\":1}}");
        kim.client().put(room + "/bans/" + choi.id(), "{\"reason\":\"Spam\",\"until\":\"2036-02-24T06:00:00.000Z\"}");
        kim.client().put(room + "/bans/" + lee.id(), "");
        kim.client().get(room + "/bans?limit=1");
        kim.client().post(room + "/members", invitation);
        kim.client().delete(room + "/bans/" + lee.id());
        kim.client().post(room + "/members", invitation);
        kim.client().delete(room + "/members/" + lee.id());
        kim.client().post(room + "/close");
        kim.client().post(room + "/members", invitation);
        kim.client().get(room + "/audit?limit=2");
    }

    private static void messages(Person kim, String room) {
        String path = "/rooms/" + room;
        String body = RestClient.message("hello");
        kim.client().post(path + "/messages", body);
        JsonNode message =
                kim.client().post(path + "/messages?wait=persisted", body).json();
        String id = message.path("id").asText();
        kim.client().say(room, "more");
        changes(kim.client(), path);
        kim.client().get(path + "/messages?limit=1");
        kim.client().get(path + "/messages?around=" + id);
        kim.client().get(path + "/messages/" + id);
        kim.client().get(path + "/events?afterSeq=0&limit=1");
        kim.client().get(path + "/outcomes/" + message.path("clientMsgId").asText());
        kim.client().get(path + "/outcomes/" + UUID.randomUUID());
        kim.client().post(path + "/read", "{\"lastReadMessageId\":\"" + id + "\"}");
        kim.client().get(path + "/messages/" + id + "/reads?limit=1");
        kim.client().put(path + "/notifications", "{\"level\":\"MENTIONS\"}");
        kim.client().put(path + "/notifications", "{}");
        kim.client().get(path + "/online");
        kim.client().get("/unread");
        kim.client().get("/search?limit=1&q=more&roomId=" + room);
        kim.client().get("/search");
        kim.client().get("/search?q=more&roomId=" + NOWHERE);
        kim.client().get("/rooms?limit=1");
        kim.client().get(path + "/members?limit=1");
        kim.client().post(path + "/join");
    }

    private static void changes(RestClient kim, String path) {
        String id = kim.post(path + "/messages?wait=persisted", RestClient.message("draft"))
                .json()
                .path("id")
                .asText();
        String command = UUID.randomUUID().toString();
        kim.patch(path + "/messages/" + id, "{\"content\":\"fair copy\",\"commandId\":\"" + command + "\"}");
        kim.patch(path + "/messages/" + id, "{\"content\":\" \"}");
        kim.send("DELETE", path + "/messages/" + id + "?commandId=" + UUID.randomUUID(), null);
        kim.send("DELETE", path + "/messages/" + id + "?commandId=me", null);
        kim.send("DELETE", path + "/messages/01HZZZZZZZZZZZZZZZZZZZZZZZ", null);
        Eventually.holds(() -> assertThat(kim.get(path + "/outcomes/" + command)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("PERSISTED"));
        kim.get(path + "/events?limit=500");
    }

    private void refusals(RestClient client, Person kim, String room) {
        Person guest = client.person("guest");
        guest.client().get("/rooms/" + room + "/messages");
        assertThat(guest.client().post("/rooms/" + room + "/join").status()).isEqualTo(201);
        guest.client().post("/rooms/" + room + "/leave");
        guest.client().post("/rooms/" + room + "/leave");
        guest.client().post("/rooms/" + room + "/read", "{\"lastReadMessageId\":\"01HZZZZZZZZZZZZZZZZZZZZZZZ\"}");
        guest.client().post("/rooms/" + room + "/messages", RestClient.message("x"));
        kim.client().post("/rooms/" + room + "/messages?wait=persisted", "{\"clientMsgId\":7}");
        kim.client()
                .post(
                        "/rooms/" + room + "/messages?wait=persisted",
                        RestClient.message("x").replace("}", ",\"replyTo\":\"01HZZZZZZZZZZZZZZZZZZZZZZZ\"}"));
        kim.client().post("/rooms", "{\"name\":\"x\",\"memberIds\":[\"" + NOWHERE + "\"]}");
        kim.client().post("/rooms", "nonsense");
        kim.client().post("/rooms", "{\"a\":\"" + "x".repeat(1 << 20) + "\"}");
        kim.client().get("/rooms/" + NOWHERE);
        kim.client().get("/users/" + NOWHERE);
        kim.client().get("/rooms/" + room + "/messages/01HZZZZZZZZZZZZZZZZZZZZZZZ");
        client.get("/users/me");
        String full = kim.client()
                .post("/rooms", "{\"name\":\"x\",\"capacity\":1}")
                .json()
                .path("id")
                .asText();
        assertThat(guest.client().post("/rooms/" + full + "/join").code()).isEqualTo("room-full");
    }

    private void check(String method, String path, byte @Nullable [] body, Reply reply) {
        String operation = OpenApi.operation(method, path);
        assertThat(operation).as(method + " " + path).isNotNull();
        String name = String.valueOf(operation);
        called.add(name + " " + reply.status());
        String type = reply.header("content-type").replaceAll(";.*", "");
        JsonNode answer =
                reply.text().isEmpty() ? null : type.equals("text/plain") ? new TextNode(reply.text()) : reply.json();
        assertThat(OpenApi.checkResponse(
                        name,
                        reply.status(),
                        type,
                        answer,
                        reply.raw().headers().map().keySet()))
                .as("%s: %s", name, reply.text())
                .isEmpty();
        if (reply.status() < 300) {
            succeeded.add(name);
            if (body != null && body.length > 0) {
                assertThat(OpenApi.checkRequest(name, json(body))).as(name).isEmpty();
            }
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return new JsonMapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
