package dev.confab.netty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.netty.RestClient;
import dev.confab.netty.RestClient.Person;
import dev.confab.netty.RestClient.Reply;
import dev.confab.netty.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong input on every route: always an answer, always a problem, never a 500. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusalsTest {

    private static final String NOWHERE = "00000000-0000-4000-8000-000000000000";
    private static final Map<String, String> UNKNOWN = Map.of(
            "{roomId}", NOWHERE,
            "{userId}", NOWHERE,
            "{clientMsgId}", NOWHERE,
            "{messageId}", "01HZZZZZZZZZZZZZZZZZZZZZZZ");

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private RestClient client;

    @SuppressWarnings("NullAway.Init")
    private Person kim;

    @SuppressWarnings("NullAway.Init")
    private String room;

    @BeforeAll
    void start() {
        server = TestServer.start();
        client = server.client();
        kim = client.person("kim");
        room = kim.client().room("Room");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    Stream<Route> routes() {
        return TestRoutes.of(server).stream();
    }

    Stream<Route> routesOfUsers() {
        return routes().filter(route -> route.access() == Access.USER);
    }

    Stream<Route> routesWithBody() {
        return routes().filter(route ->
                        List.of("POST", "PATCH", "PUT").contains(route.method().name()))
                .filter(route -> Stream.of("/join", "/leave", "/close")
                        .noneMatch(end -> route.template().endsWith(end)));
    }

    @ParameterizedTest
    @MethodSource("routesOfUsers")
    void withoutATokenNobodyPasses(Route route) {
        Reply reply = client.send(route.method().name(), path(route), null);

        problem(reply, 401, "unauthenticated");
        assertThat(reply.header("www-authenticate")).isEqualTo("Bearer realm=\"confab\"");
    }

    @ParameterizedTest
    @MethodSource("routesOfUsers")
    void withAForgedTokenNobodyPasses(Route route) {
        String none =
                base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + base64("{\"sub\":\"" + kim.id() + "\"}") + ".";
        for (String token : List.of("nonsense", none, "a.b.c")) {
            Reply reply = client.withToken(token).send(route.method().name(), path(route), null);
            problem(reply, 401, "unauthenticated");
            assertThat(reply.header("www-authenticate")).contains("error=\"invalid_token\"");
        }
        Reply basic = client.with("Authorization", "Basic a2ltOmtpbQ==")
                .send(route.method().name(), path(route), null);
        problem(basic, 401, "unauthenticated");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void anotherMethodIsNotAllowed(Route route) {
        Set<String> known = routes().filter(other -> other.template().equals(route.template()))
                .map(other -> other.method().name())
                .collect(Collectors.toSet());
        String other = Stream.of("DELETE", "PUT", "POST")
                .filter(method -> !known.contains(method))
                .findFirst()
                .orElseThrow();
        Reply reply = kim.client().send(other, path(route), null);

        problem(reply, 405, "method-not-allowed");
        assertThat(reply.header("allow").split(", ")).contains(route.method().name(), "OPTIONS");
        assertThat(kim.client().send("OPTIONS", path(route), null).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @MethodSource("routesWithBody")
    void aBodyThatIsNoJsonObjectIsMalformed(Route route) {
        for (String body : List.of(
                "", " ", "{", "nonsense", "[]", "\"text\"", "null", "{\"a\":1}x", "{\"a\":1,\"a\":2}", "{'a':1}")) {
            if (body.isEmpty() && route.template().endsWith("/bans/{userId}")) {
                // A ban may go without reason and end, and so without a body.
                continue;
            }
            Reply reply =
                    kim.client().send(route.method().name(), existing(route), body.getBytes(StandardCharsets.UTF_8));
            problem(reply, 400, "malformed");
        }
        for (byte[] bytes : List.of(
                new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'},
                new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'},
                "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
                "[".repeat(50_000).getBytes(StandardCharsets.UTF_8),
                ("{\"a\":" + "1".repeat(5_000) + "}").getBytes(StandardCharsets.UTF_8))) {
            problem(kim.client().send(route.method().name(), existing(route), bytes), 400, "malformed");
        }
    }

    @ParameterizedTest
    @MethodSource("routesWithBody")
    void wrongTypesAreNamed(Route route) {
        for (String wrong : List.of("1", "true", "{}", "[]", "[[]]", "-1.5e300")) {
            String texts = Stream.of(
                            "email",
                            "password",
                            "nickname",
                            "refreshToken",
                            "name",
                            "type",
                            "clientMsgId",
                            "content",
                            "replyTo",
                            "lastReadMessageId",
                            "visibility",
                            "userId",
                            "role",
                            "level",
                            "reason",
                            "until")
                    .map(field -> "\"" + field + "\":" + wrong + ",")
                    .collect(Collectors.joining());
            String body = "{" + texts + "\"memberIds\":7,\"userIds\":7,\"metadata\":7,\"capacity\":\"x\"}";
            Reply reply =
                    kim.client().send(route.method().name(), existing(route), body.getBytes(StandardCharsets.UTF_8));
            problem(reply, 400, "validation");
            assertThat(reply.json().path("errors").path(0).path("rule").asText())
                    .isEqualTo("type");
        }
    }

    @ParameterizedTest
    @MethodSource("routesWithBody")
    void aBodyOfMoreThanAMebibyteIsTooLarge(Route route) {
        byte[] body = ("{\"a\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);

        problem(kim.client().send(route.method().name(), existing(route), body), 413, "too-large");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /rooms/{bad}, room-not-found",
        "POST, /rooms/{bad}/join, room-not-found",
        "POST, /rooms/{bad}/leave, room-not-found",
        "GET, /rooms/{bad}/members, room-not-found",
        "GET, /rooms/{bad}/messages, room-not-found",
        "GET, /rooms/{bad}/events, room-not-found",
        "GET, /rooms/{bad}/messages/01HZZZZZZZZZZZZZZZZZZZZZZZ, room-not-found",
        "GET, /rooms/{room}/messages/{bad}, message-not-found",
        "DELETE, /rooms/{room}/messages/{bad}, message-not-found",
        "DELETE, /rooms/{bad}/messages/01HZZZZZZZZZZZZZZZZZZZZZZZ, room-not-found",
        "GET, /rooms/{room}/outcomes/{bad}, not-found",
        "GET, /rooms/{bad}/outcomes/00000000-0000-4000-8000-000000000000, room-not-found",
        "GET, /users/{bad}, user-not-found",
    })
    void whatIsNoIdNamesNothing(String method, String template, String code) {
        for (String bad : List.of("x", "1", "00000000-0000-4000-8000-00000000000g", "%00", "%ED%A0%80", "..", "%2F")) {
            String path = template.replace("{bad}", bad).replace("{room}", room);
            problem(kim.client().send(method, path, null), 404, code);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/users/00000000-0000-4000-8000-000000000000, user-not-found",
        "/rooms/00000000-0000-4000-8000-000000000000, room-not-found",
        "/rooms/00000000-0000-4000-8000-000000000000/members, room-not-found",
        "/rooms/{room}/messages/01HZZZZZZZZZZZZZZZZZZZZZZZ, message-not-found",
        "/nothing, not-found",
        "/, not-found",
        "/rooms/, room-not-found",
        "/rooms/{room}/nothing, not-found",
        "//rooms, not-found",
        "/metrics, not-found",
        "/health/none, not-found",
    })
    void whatIsNotThereIsNotFound(String path, String code) {
        problem(kim.client().get(path.replace("{room}", room)), 404, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/rooms?limit=0",
                "/rooms?limit=101",
                "/rooms?limit=x",
                "/rooms?limit=",
                "/rooms?limit=-1",
                "/rooms?limit=1.0",
                "/rooms?limit=99999999999999999999",
                "/rooms?limit=%EF%BC%95",
                "/rooms?limit=1&limit=2",
                "/rooms?cursor=x",
                "/rooms?cursor=",
                "/rooms?cursor=AAAA",
                "/rooms/{room}/members?cursor=%00",
                "/rooms/{room}/members?limit=0",
                "/rooms/{room}/messages?limit=101",
                "/rooms/{room}/messages?before=x",
                "/rooms/{room}/messages?after=",
                "/rooms/{room}/messages?around=1",
                "/rooms/{room}/messages?afterSeq=-1",
                "/rooms/{room}/messages?afterSeq=x",
                "/rooms/{room}/messages?before=01HZZZZZZZZZZZZZZZZZZZZZZZ&after=01HZZZZZZZZZZZZZZZZZZZZZZZ",
                "/rooms/{room}/messages?around=01HZZZZZZZZZZZZZZZZZZZZZZZ&afterSeq=1",
                "/rooms/{room}/events?limit=501",
                "/rooms/{room}/events?afterSeq=x",
            })
    void aWrongQueryIsNamed(String path) {
        Reply reply = kim.client().get(path.replace("{room}", room));

        problem(reply, 400, "validation");
        assertThat(reply.json().path("errors").path(0).path("field").asText()).isNotEmpty();
    }

    @Test
    void aCursorOfOneListIsNoneOfAnother() {
        String other = kim.client().room("Another");
        String cursor =
                kim.client().get("/rooms?limit=1").json().path("nextCursor").asText();

        assertThat(kim.client().get("/rooms?cursor=" + cursor).status()).isEqualTo(200);
        problem(kim.client().get("/rooms/" + other + "/members?cursor=" + cursor), 400, "validation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/rooms | {\"type\":\"DIRECT\",\"memberIds\":[]} | memberIds",
                "/rooms | {\"name\":\"x\",\"type\":\"BOOKING\"} | bookingId",
                "/rooms | {\"name\":\"x\",\"type\":\"group\"} | type",
                "/rooms | {\"name\":\"x\",\"visibility\":\"SECRET\"} | visibility",
                "/rooms | {\"name\":\"   \"} | name",
                "/rooms | {} | name",
                "/rooms | {\"name\":\"a\\u0000b\"} | name",
                "/rooms | {\"name\":\"\\ud800\"} | name",
                "/rooms | {\"name\":\"x\",\"memberIds\":[\"nobody\"]} | memberIds[0]",
                "/rooms | {\"name\":\"x\",\"memberIds\":[7]} | memberIds[0]",
                "/rooms | {\"name\":\"x\",\"capacity\":0} | capacity",
                "/rooms | {\"name\":\"x\",\"capacity\":99999999999} | capacity",
                "/rooms | {\"name\":\"x\",\"capacity\":999999999999999999999} | capacity",
                "/rooms | {\"name\":\"x\",\"metadata\":{\"a\":1e999}} | metadata",
                "/rooms | {\"name\":\"x\",\"metadata\":{\"\\u0000\":1}} | metadata",
                "/rooms/{room}/messages | {\"type\":\"TEXT\",\"content\":\"x\"} | clientMsgId",
                "/rooms/{room}/messages | {\"clientMsgId\":\"7\",\"type\":\"TEXT\",\"content\":\"x\"} | clientMsgId",
                "/rooms/{room}/messages | {\"clientMsgId\":\"{id}\",\"content\":\"x\"} | type",
                "/rooms/{room}/messages | {\"clientMsgId\":\"{id}\",\"type\":\"SYSTEM\",\"content\":\"x\"} | type",
                "/rooms/{room}/messages | {\"clientMsgId\":\"{id}\",\"type\":\"TEXT\"} | content",
                "/rooms/{room}/messages | {\"clientMsgId\":\"{id}\",\"type\":\"TEXT\",\"content\":\" \"} | content",
                "/rooms/{room}/messages | {\"clientMsgId\":\"{id}\",\"type\":\"TEXT\",\"content\":\"\\ud800\"} | content",
                "/rooms/{room}/messages | {\"clientMsgId\":\"{id}\",\"type\":\"TEXT\",\"content\":\"x\",\"replyTo\":\"x\"} | replyTo",
                "/rooms/{room}/messages?wait=ever | {\"clientMsgId\":\"{id}\",\"type\":\"TEXT\",\"content\":\"x\"} | wait",
                "/rooms/{room}/read | {} | lastReadMessageId",
                "/rooms/{room}/read | {\"lastReadMessageId\":\"x\"} | lastReadMessageId",
                "/presence/query | {} | userIds",
                "/presence/query | {\"userIds\":[\"x\"]} | userIds[0]",
                "/auth/register | {\"email\":\"a@example.org\",\"password\":\"short\"} | password",
                "/auth/register | {\"email\":\"nonsense\",\"password\":\"long enough\"} | email",
                "/auth/register | {\"password\":\"long enough\"} | email",
                "/auth/login | {} | email",
                "/auth/refresh | {} | refreshToken",
                "/auth/logout | {} | refreshToken",
            })
    void aBrokenRuleNamesItsField(String path, String body, String field) {
        Reply reply = kim.client().post(path.replace("{room}", room), body.replace("{id}", NOWHERE));

        problem(reply, 400, "validation");
        assertThat(reply.json().path("errors").findValuesAsText("field")).contains(field);
    }

    @Test
    void allBrokenRulesAreToldAtOnce() {
        Reply reply = kim.client().post("/rooms/" + room + "/messages", "{\"type\":\"VIDEO\",\"replyTo\":7}");

        assertThat(reply.json().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("clientMsgId", "type", "content", "replyTo");
    }

    @Test
    void twoHundredIdsAreTheMost() {
        String ids = ("\"" + NOWHERE + "\",").repeat(201);
        Reply reply =
                kim.client().post("/presence/query", "{\"userIds\":[" + ids.substring(0, ids.length() - 1) + "]}");

        problem(reply, 400, "validation");
    }

    @Test
    void aMarkerNeedsAMessageOfTheRoom() {
        Reply reply =
                kim.client().post("/rooms/" + room + "/read", "{\"lastReadMessageId\":\"01HZZZZZZZZZZZZZZZZZZZZZZZ\"}");

        problem(reply, 404, "message-not-found");
    }

    private static void problem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        JsonNode problem = reply.json();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("type").asText()).isNotEmpty();
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty().doesNotContain("dev.confab", "Exception", "java.");
        assertThat(problem.path("retryable").isBoolean()).isTrue();
        assertThat(problem.has("errors")).isEqualTo(code.equals("validation"));
    }

    private String path(Route route) {
        String path = route.template();
        for (Map.Entry<String, String> id : UNKNOWN.entrySet()) {
            path = path.replace(id.getKey(), id.getValue());
        }
        return path;
    }

    private String existing(Route route) {
        return path(route).replace("/rooms/" + NOWHERE, "/rooms/" + room);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
