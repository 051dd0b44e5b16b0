package dev.confab.netty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.netty.RestClient;
import dev.confab.netty.RestClient.Person;
import dev.confab.netty.RestClient.Reply;
import dev.confab.netty.TestServer;
import dev.confab.testkit.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rooms of all kinds over REST, and what moderators do in them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ModerationFlowTest {

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private Person kim;

    @SuppressWarnings("NullAway.Init")
    private Person lee;

    @SuppressWarnings("NullAway.Init")
    private Person park;

    @BeforeAll
    void start() {
        server = TestServer.start();
        RestClient client = server.client();
        kim = client.person("kim");
        lee = client.person("lee");
        park = client.person("park");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static String member(Person person) {
        return "{\"userId\":\"" + person.id() + "\"}";
    }

    private String hidden(Person... members) {
        List<String> ids = new ArrayList<>();
        for (Person person : members) {
            ids.add("\"" + person.id() + "\"");
        }
        return "/rooms/"
                + kim.client()
                        .post(
                                "/rooms",
                                "{\"name\":\"Hidden\",\"visibility\":\"PRIVATE\",\"memberIds\":["
                                        + String.join(",", ids) + "]}")
                        .json()
                        .path("id")
                        .asText();
    }

    @Test
    void aDirectRoomIsCreatedOnceAndFoundByBoth() {
        Person choi = server.client().person("choi");
        Reply made = choi.client().post("/rooms", "{\"type\":\"DIRECT\",\"memberIds\":[\"" + lee.id() + "\"]}");
        Reply again = lee.client().post("/rooms", "{\"type\":\"DIRECT\",\"memberIds\":[\"" + choi.id() + "\"]}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("id")).isEqualTo(made.json().path("id"));
        assertThat(made.json().path("name").isNull()).isTrue();
        assertThat(made.json().path("visibility").asText()).isEqualTo("PRIVATE");
        assertThat(made.json().path("peer").toString()).isEqualTo("{\"id\":\"" + lee.id() + "\",\"nickname\":\"lee\"}");
        assertThat(again.json().path("peer").path("nickname").asText()).isEqualTo("choi");
        JsonNode listed = choi.client().get("/rooms").json().path("items").path(0);
        assertThat(listed.path("peer")).isEqualTo(made.json().path("peer"));
        assertThat(listed.path("lastMessage").isNull()).isTrue();
        String room = made.header("location");
        assertThat(choi.client().post(room + "/members", member(kim)).code()).isEqualTo("forbidden");
        assertThat(kim.client().post(room + "/join").code()).isEqualTo("room-not-found");
        assertThat(choi.client().post(room + "/leave").status()).isEqualTo(204);
        assertThat(choi.client().get(room).status()).isEqualTo(404);
        assertThat(choi.client()
                        .post("/rooms", "{\"type\":\"DIRECT\",\"memberIds\":[\"" + lee.id() + "\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(choi.client().get(room).json().path("memberCount").asInt()).isEqualTo(2);
    }

    @Test
    void aRoomThatItsTypeDoesNotAllowIsRefused() {
        for (String wrong : List.of(
                "{\"type\":\"DIRECT\"}",
                "{\"type\":\"DIRECT\",\"memberIds\":[\"" + kim.id() + "\"]}",
                "{\"type\":\"DIRECT\",\"memberIds\":[\"" + lee.id() + "\",\"" + park.id() + "\"]}",
                "{\"type\":\"DIRECT\",\"visibility\":\"PUBLIC\",\"memberIds\":[\"" + lee.id() + "\"]}",
                "{\"type\":\"BOOKING\",\"name\":\"Table\"}",
                "{\"type\":\"BOOKING\",\"name\":\"Table\",\"bookingId\":\" \"}",
                "{\"bookingId\":\"b\",\"name\":\"Table\"}")) {
            Reply reply = kim.client().post("/rooms", wrong);
            assertThat(reply.status()).as(wrong).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("validation");
        }
        Reply booking = kim.client().post("/rooms", "{\"type\":\"BOOKING\",\"name\":\"Table\",\"bookingId\":\"b-9\"}");
        assertThat(booking.json().path("bookingId").asText()).isEqualTo("b-9");
        assertThat(booking.json().path("visibility").asText()).isEqualTo("PRIVATE");
        assertThat(booking.json().has("peer")).isFalse();
    }

    @Test
    void publicRoomsAreDiscovered() {
        String mark = UUID.randomUUID().toString();
        String open = kim.client().room("Plans " + mark);
        kim.client().post("/rooms", "{\"name\":\"Secret " + mark + "\",\"visibility\":\"PRIVATE\"}");

        Reply found = park.client().get("/rooms/public?q=PLANS%20" + mark);

        assertThat(found.json().path("items")).hasSize(1);
        assertThat(found.json().path("items").path(0).path("id").asText()).isEqualTo(open);
        assertThat(found.json().path("hasMore").asBoolean()).isFalse();
        assertThat(park.client().get("/rooms/public?q=" + mark).json().path("items"))
                .hasSize(1);
        Reply page = park.client().get("/rooms/public?limit=1");
        String next = page.json().path("nextCursor").asText("");
        assertThat(next.isEmpty()).isEqualTo(!page.json().path("hasMore").asBoolean());
        assertThat(park.client().get("/rooms/public?cursor=nonsense").status()).isEqualTo(400);
        assertThat(park.client().get("/rooms/public?limit=101").status()).isEqualTo(400);
    }

    @Test
    void invitingIsCreatedAndThenOk() {
        String room = hidden(lee);

        assertThat(lee.client().post(room + "/members", member(park)).code()).isEqualTo("forbidden");
        Reply first = kim.client().post(room + "/members", member(park));
        Reply second = kim.client().post(room + "/members", member(park));

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().path("userId").asText()).isEqualTo(park.id());
        assertThat(first.json().path("role").asText()).isEqualTo("MEMBER");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(park.client().get(room).status()).isEqualTo(200);
        assertThat(kim.client()
                        .post(room + "/members", "{\"userId\":\"" + UUID.randomUUID() + "\"}")
                        .code())
                .isEqualTo("user-not-found");
        String open = "/rooms/" + kim.client().room("Open");
        assertThat(park.client().post(open + "/members", member(lee)).code()).isEqualTo("not-a-member");
    }

    @Test
    void rolesAreGivenByTheOwnerAlone() {
        String room = hidden(lee, park);
        String ofLee = room + "/members/" + lee.id();

        assertThat(lee.client().patch(ofLee, "{\"role\":\"ADMIN\"}").code()).isEqualTo("forbidden");
        Reply raised = kim.client().patch(ofLee, "{\"role\":\"ADMIN\"}");
        assertThat(raised.status()).isEqualTo(200);
        assertThat(raised.json().path("role").asText()).isEqualTo("ADMIN");
        assertThat(kim.client().patch(ofLee, "{\"role\":\"OWNER\"}").code()).isEqualTo("validation");
        assertThat(kim.client().patch(ofLee, "{}").code()).isEqualTo("validation");
        assertThat(lee.client()
                        .patch(room + "/members/" + park.id(), "{\"role\":\"ADMIN\"}")
                        .code())
                .isEqualTo("forbidden");
        assertThat(lee.client().delete(room + "/members/" + kim.id()).code()).isEqualTo("forbidden");
        assertThat(lee.client().delete(room + "/members/" + park.id()).status()).isEqualTo(204);
        assertThat(lee.client().delete(room + "/members/" + park.id()).status()).isEqualTo(404);
        assertThat(park.client().get(room).status()).isEqualTo(404);
        assertThat(kim.client().post(room + "/leave").status()).isEqualTo(204);
        assertThat(lee.client().post(room + "/close").status()).isEqualTo(200);
    }

    @Test
    void aRoomIsUpdatedByThoseWhoMay() {
        String room = hidden(lee);

        assertThat(lee.client().patch(room, "{\"name\":\"Mine\"}").code()).isEqualTo("forbidden");
        Reply updated = kim.client()
                .patch(room, "{\"name\":\"New\",\"visibility\":\"PUBLIC\",\"capacity\":2,\"metadata\":{\"a\":[1]}}");

        assertThat(updated.status()).isEqualTo(200);
        assertThat(exceptHead(updated)).isEqualTo(exceptHead(lee.client().get(room)));
        assertThat(updated.json().path("name").asText()).isEqualTo("New");
        assertThat(updated.json().path("metadata").toString()).isEqualTo("{\"a\":[1]}");
        assertThat(park.client().post(room + "/join").code()).isEqualTo("room-full");
        for (String wrong : List.of(
                "{\"name\":\" \"}",
                "{\"capacity\":1}",
                "{\"capacity\":0}",
                "{\"visibility\":\"OPEN\"}",
                "{\"metadata\":1}")) {
            assertThat(kim.client().patch(room, wrong).code()).as(wrong).isEqualTo("validation");
        }
        assertThat(kim.client().patch(room, "{}").status()).isEqualTo(200);
        assertThat(park.client().patch(room, "{\"name\":\"x\"}").code()).isEqualTo("not-a-member");
    }

    /** The room without its newest message: that it was renamed is announced there, a moment later. */
    private static JsonNode exceptHead(Reply room) {
        return ((ObjectNode) room.json()).without(List.of("lastSeq", "lastMessageId", "lastMessageAt"));
    }

    @Test
    void aClosedRoomKeepsItsHistoryAndTakesNoMessages() {
        String room = hidden(lee);
        kim.client().say(room.substring("/rooms/".length()), "last words");

        assertThat(lee.client().post(room + "/close").code()).isEqualTo("forbidden");
        Reply closed = kim.client().post(room + "/close");

        assertThat(closed.json().path("status").asText()).isEqualTo("CLOSED");
        assertThat(kim.client().post(room + "/close").status()).isEqualTo(200);
        assertThat(kim.client()
                        .post(room + "/messages", RestClient.message("more"))
                        .code())
                .isEqualTo("room-closed");
        Eventually.holds(() -> assertThat(lee.client()
                        .get(room + "/messages")
                        .json()
                        .path("items")
                        .findValuesAsText("content"))
                .containsExactly("last words", "kim closed the room"));
        assertThat(kim.client().patch(room, "{\"name\":\"x\"}").code()).isEqualTo("room-closed");
        assertThat(kim.client().post(room + "/members", member(park)).code()).isEqualTo("room-closed");
    }

    @Test
    void whoIsBannedIsOutUntilTheBanIsLifted() {
        String room = "/rooms/" + kim.client().room("Open");
        lee.client().post(room + "/join");
        String ban = room + "/bans/" + lee.id();

        assertThat(lee.client().put(room + "/bans/" + kim.id(), "{}").code()).isEqualTo("forbidden");
        assertThat(kim.client()
                        .put(ban, "{\"until\":\"2020-01-01T00:00:00.000Z\"}")
                        .code())
                .isEqualTo("validation");
        assertThat(kim.client().put(ban, "{\"until\":\"soon\"}").code()).isEqualTo("validation");
        assertThat(kim.client()
                        .put(ban, "{\"reason\":\"Spam\",\"until\":\"2036-02-24T06:00:00.000Z\"}")
                        .status())
                .isEqualTo(204);

        assertThat(lee.client().get(room + "/messages").code()).isEqualTo("not-a-member");
        assertThat(lee.client().post(room + "/join").code()).isEqualTo("banned");
        assertThat(kim.client().post(room + "/members", member(lee)).status()).isEqualTo(403);
        JsonNode listed = kim.client().get(room + "/bans").json().path("items");
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("userId").asText()).isEqualTo(lee.id());
        assertThat(listed.path(0).path("reason").asText()).isEqualTo("Spam");
        assertThat(listed.path(0).path("until").asText()).isEqualTo("2036-02-24T06:00:00.000Z");
        assertThat(listed.path(0).path("bannedBy").asText()).isEqualTo(kim.id());
        assertThat(lee.client().get(room + "/bans").code()).isEqualTo("not-a-member");
        assertThat(kim.client().delete(ban).status()).isEqualTo(204);
        assertThat(kim.client().delete(ban).status()).isEqualTo(204);
        assertThat(lee.client().post(room + "/join").status()).isEqualTo(201);
        assertThat(lee.client().get(room + "/bans").code()).isEqualTo("forbidden");
    }

    @Test
    void theOwnerReadsWhatModeratorsDid() {
        String room = hidden(lee, park);
        kim.client().patch(room + "/members/" + lee.id(), "{\"role\":\"ADMIN\"}");
        lee.client().put(room + "/bans/" + park.id(), "{\"reason\":\"Spam\"}");
        lee.client().delete(room + "/bans/" + park.id());
        lee.client().patch(room, "{\"name\":\"New\"}");

        assertThat(lee.client().get(room + "/audit").code()).isEqualTo("forbidden");
        Reply first = kim.client().get(room + "/audit?limit=3");
        Reply second = kim.client()
                .get(room + "/audit?limit=3&cursor="
                        + first.json().path("nextCursor").asText());

        assertThat(actions(first)).containsExactly("ROOM_UPDATED", "BAN_LIFTED", "MEMBER_BANNED");
        assertThat(actions(second)).containsExactly("ROLE_CHANGED");
        assertThat(second.json().path("hasMore").asBoolean()).isFalse();
        JsonNode banned = first.json().path("items").path(2);
        assertThat(banned.path("by").asText()).isEqualTo(lee.id());
        assertThat(banned.path("userId").asText()).isEqualTo(park.id());
        assertThat(banned.path("detail").asText()).isEqualTo("Spam");
        assertThat(kim.client().get(room + "/audit?cursor=!").status()).isEqualTo(400);
    }

    private static List<String> actions(Reply page) {
        List<String> actions = new ArrayList<>();
        page.json()
                .path("items")
                .forEach(item -> actions.add(item.path("action").asText()));
        return actions;
    }
}
