package dev.confab.netty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.permission.RoomAction;
import dev.confab.chat.permission.RoomKind;
import dev.confab.netty.RestClient;
import dev.confab.netty.RestClient.Person;
import dev.confab.netty.RestClient.Reply;
import dev.confab.netty.TestServer;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every room route as everybody: what is answered is what the table of permissions says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PermissionWalkTest {

    /**
     * A call; {@code {victim}} stands for a plain member, {@code {said}} for a message of his or hers, {@code {guest}} for
     * somebody from outside.
     */
    private record Step(
            String method, String path, @Nullable String body) {}

    private static final Map<RoomAction, List<Step>> STEPS = Map.ofEntries(
            Map.entry(RoomAction.FIND, List.of(new Step("GET", "", null))),
            Map.entry(RoomAction.JOIN, List.of(new Step("POST", "/join", ""))),
            Map.entry(RoomAction.LEAVE, List.of(new Step("POST", "/leave", ""))),
            Map.entry(
                    RoomAction.READ,
                    List.of(
                            new Step("GET", "/messages", null),
                            new Step("GET", "/messages/{said}", null),
                            new Step("GET", "/messages/{said}/reads", null),
                            new Step("GET", "/events", null),
                            new Step("GET", "/members", null),
                            new Step("GET", "/online", null),
                            new Step("POST", "/read", "{\"lastReadMessageId\":\"{said}\"}"),
                            new Step("PUT", "/notifications", "{\"level\":\"NONE\"}"))),
            Map.entry(RoomAction.POST, List.of(new Step("POST", "/messages", RestClient.message("hello")))),
            Map.entry(RoomAction.DELETE_OF_OTHERS, List.of(new Step("DELETE", "/messages/{said}", null))),
            Map.entry(RoomAction.INVITE, List.of(new Step("POST", "/members", "{\"userId\":\"{guest}\"}"))),
            Map.entry(RoomAction.REMOVE, List.of(new Step("DELETE", "/members/{victim}", null))),
            Map.entry(
                    RoomAction.BAN,
                    List.of(
                            new Step("PUT", "/bans/{victim}", "{\"reason\":\"Spam\"}"),
                            new Step("DELETE", "/bans/{victim}", null))),
            Map.entry(RoomAction.LIST_BANS, List.of(new Step("GET", "/bans", null))),
            Map.entry(RoomAction.UPDATE, List.of(new Step("PATCH", "", "{\"name\":\"Other\"}"))),
            Map.entry(RoomAction.CHANGE_ROLE, List.of(new Step("PATCH", "/members/{victim}", "{\"role\":\"ADMIN\"}"))),
            Map.entry(RoomAction.CLOSE, List.of(new Step("POST", "/close", ""))),
            Map.entry(RoomAction.READ_AUDIT, List.of(new Step("GET", "/audit", null))));

    /** Nobody but the author may do it, whatever the rank. */
    private static final Step EDIT = new Step("PATCH", "/messages/{said}", "{\"content\":\"theirs\"}");

    /** About what the caller sent, a member or not. */
    private static final Step OWN_OUTCOME = new Step("GET", "/outcomes/" + ClientMessageId.random(), null);

    enum Actor {
        OUTSIDER,
        BANNED,
        MEMBER,
        ADMIN,
        OWNER;

        @Nullable
        Role role() {
            return this == OUTSIDER || this == BANNED ? null : Role.valueOf(name());
        }
    }

    record Case(RoomAction action, RoomKind kind, Actor actor) {}

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private Map<Actor, Person> people;

    @SuppressWarnings("NullAway.Init")
    private Person victim;

    @SuppressWarnings("NullAway.Init")
    private RestClient loggedOut;

    private String said = "";

    @BeforeAll
    void start() {
        server = TestServer.start();
        RestClient client = server.client();
        people = Map.of(
                Actor.OUTSIDER, client.person("outsider"),
                Actor.BANNED, client.person("banned"),
                Actor.MEMBER, client.person("member"),
                Actor.ADMIN, client.person("admin"),
                Actor.OWNER, client.person("owner"));
        victim = client.person("victim");
        Person gone = client.person("gone");
        gone.client().post("/auth/logout", "{\"refreshToken\":\"" + gone.refreshToken() + "\"}");
        loggedOut = gone.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (RoomAction action : STEPS.keySet()) {
            for (RoomKind kind : RoomKind.values()) {
                for (Actor actor : Actor.values()) {
                    boolean ranked = actor != Actor.OUTSIDER && actor != Actor.MEMBER;
                    // A DIRECT room has no ranks and no bans, and who is a member need not join.
                    if (!(kind == RoomKind.DIRECT && ranked) && !(action == RoomAction.JOIN && actor.role() != null)) {
                        cases.add(new Case(action, kind, actor));
                    }
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theAnswerIsWhatTheTableSays(Case walk) {
        Person actor = person(walk.actor());
        String room = room(walk.kind());
        said = victim.client()
                .say(room.substring("/rooms/".length()), "mine")
                .path("id")
                .asText();
        Optional<Refusal> refusal =
                walk.action().refusal(walk.kind(), walk.actor().role());
        for (Step step : STEPS.getOrDefault(walk.action(), List.of())) {
            assertThat(call(server.client(), room, step).status()).isEqualTo(401);
            assertThat(call(loggedOut, room, step).status()).isEqualTo(401);
            Reply reply = call(actor.client(), room, step);

            if (refusal.isPresent()) {
                String expected = walk.action() == RoomAction.JOIN
                        ? "room-not-found"
                        : refusal.get().code().word();
                assertThat(reply.code()).as("%s: %s", step, reply.text()).isEqualTo(expected);
            } else if (walk.action() == RoomAction.JOIN && walk.actor() == Actor.BANNED) {
                assertThat(reply.code()).isEqualTo("banned");
            } else {
                assertThat(reply.status()).as("%s: %s", step, reply.text()).isBetween(200, 299);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Actor.class)
    void nobodyButTheAuthorEdits(Actor actor) {
        for (RoomKind kind : List.of(RoomKind.PUBLIC, RoomKind.PRIVATE)) {
            String room = room(kind);
            said = victim.client()
                    .say(room.substring("/rooms/".length()), "mine")
                    .path("id")
                    .asText();
            String expected = RoomAction.READ
                    .refusal(kind, actor.role())
                    .map(refusal -> refusal.code().word())
                    .orElse("forbidden");
            assertThat(call(person(actor).client(), room, EDIT).code()).isEqualTo(expected);
            assertThat(call(victim.client(), room, EDIT).status()).isEqualTo(202);
            assertThat(call(person(actor).client(), room, OWN_OUTCOME)
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("UNKNOWN");
        }
    }

    /** A route that is not walked would be one that nobody looked at. */
    @Test
    void everyRouteOfARoomIsWalkedAndNoRouteOfUsersIsOpenToStrangers() {
        Set<String> walked = Stream.concat(STEPS.values().stream().flatMap(List::stream), Stream.of(EDIT, OWN_OUTCOME))
                .map(step -> step.method() + " /rooms/{}" + step.path().replaceAll("\\{\\w+}|[0-9a-f-]{36}", "{}"))
                .collect(Collectors.toSet());
        List<Route> ofUsers = TestRoutes.of(server).stream()
                .filter(route -> route.access() == Access.USER)
                .toList();
        assertThat(ofUsers).hasSizeGreaterThan(30);
        for (Route route : ofUsers) {
            if (route.template().startsWith("/rooms/{roomId}")) {
                assertThat(walked)
                        .contains(route.method() + " " + route.template().replaceAll("\\{\\w+}", "{}"));
            }
            String path =
                    route.template().replaceAll("\\{\\w+}", UUID.randomUUID().toString());
            for (RestClient stranger :
                    List.of(server.client(), loggedOut, server.client().withToken("no.such.token"))) {
                byte[] body = route.method().equals(HttpMethod.GET) ? null : "{}".getBytes(StandardCharsets.UTF_8);
                assertThat(stranger.send(route.method().name(), path, body).status())
                        .as("%s %s", route.method(), path)
                        .isEqualTo(401);
            }
        }
    }

    private Reply call(RestClient client, String room, Step step) {
        String path = room + step.path().replace("{victim}", victim.id()).replace("{said}", said);
        String body = step.body();
        if (body == null) {
            return client.send(step.method(), path, null);
        }
        String text = body.replace("{guest}", person(Actor.OUTSIDER).id()).replace("{said}", said);
        return switch (step.method()) {
            case "PATCH" -> client.patch(path, text);
            case "PUT" -> client.put(path, text);
            default -> client.post(path, text);
        };
    }

    private Person person(Actor actor) {
        return Objects.requireNonNull(people.get(actor));
    }

    private String room(RoomKind kind) {
        if (kind == RoomKind.DIRECT) {
            // Made anew for each case, so that what one of them did to it does not matter to the next.
            victim = server.client().person("victim");
            return "/rooms/"
                    + person(Actor.MEMBER)
                            .client()
                            .post("/rooms", "{\"type\":\"DIRECT\",\"memberIds\":[\"" + victim.id() + "\"]}")
                            .json()
                            .path("id")
                            .asText();
        }
        RestClient owner = person(Actor.OWNER).client();
        String members = Stream.of(person(Actor.MEMBER), person(Actor.ADMIN), person(Actor.BANNED), victim)
                .map(person -> "\"" + person.id() + "\"")
                .reduce((one, next) -> one + "," + next)
                .orElseThrow();
        String room = "/rooms/"
                + owner.post(
                                "/rooms",
                                "{\"name\":\"Walk\",\"visibility\":\"" + kind + "\",\"memberIds\":[" + members + "]}")
                        .json()
                        .path("id")
                        .asText();
        assertThat(owner.patch(room + "/members/" + person(Actor.ADMIN).id(), "{\"role\":\"ADMIN\"}")
                        .status())
                .isEqualTo(200);
        assertThat(owner.put(room + "/bans/" + person(Actor.BANNED).id(), "{}").status())
                .isEqualTo(204);
        return room;
    }
}
