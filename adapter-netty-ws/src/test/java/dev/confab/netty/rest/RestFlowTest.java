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

/** What people do in rooms over REST, from making one to reading each other's messages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RestFlowTest {

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
    void aRoomHasAllItsFields() {
        Reply reply = kim.client()
                .post(
                        "/rooms",
                        "{\"name\":\"Plans\",\"type\":\"GROUP\",\"visibility\":\"PRIVATE\",\"memberIds\":[\"" + lee.id()
                                + "\"],\"capacity\":10,\"metadata\":{\"a\":[1,2.5,true,null,{\"b\":\"c\"}]}}");

        assertThat(reply.status()).isEqualTo(201);
        JsonNode room = reply.json();
        assertThat(names(room))
                .containsExactly(
                        "id",
                        "name",
                        "type",
                        "visibility",
                        "status",
                        "bookingId",
                        "capacity",
                        "metadata",
                        "createdBy",
                        "createdAt",
                        "memberCount",
                        "lastSeq",
                        "lastMessageId",
                        "lastMessageAt");
        assertThat(room.path("metadata").toString()).isEqualTo("{\"a\":[1,2.5,true,null,{\"b\":\"c\"}]}");
        assertThat(room.path("memberCount").asInt()).isEqualTo(2);
        assertThat(room.path("lastMessageId").isNull()).isTrue();
        assertThat(reply.header("location"))
                .isEqualTo("/rooms/" + room.path("id").asText());
        assertThat(lee.client().get(reply.header("location")).json()).isEqualTo(room);
    }

    @Test
    void joiningTwiceIsCreatedAndThenOk() {
        String room = kim.client().room("Open");

        Reply first = lee.client().post("/rooms/" + room + "/join");
        Reply second = lee.client().post("/rooms/" + room + "/join");
        assertThat(first.status()).isEqualTo(201);
        assertThat(names(first.json())).containsExactly("roomId", "userId", "role", "joinedAt");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());

        assertThat(lee.client().post("/rooms/" + room + "/leave").status()).isEqualTo(204);
        assertThat(lee.client().post("/rooms/" + room + "/leave").status()).isEqualTo(403);
    }

    @Test
    void othersDoNotLearnOfAPrivateRoom() {
        String room = kim.client()
                .post("/rooms", "{\"name\":\"Secret\",\"visibility\":\"PRIVATE\"}")
                .json()
                .path("id")
                .asText();

        for (String path : List.of("", "/members", "/messages", "/events")) {
            Reply reply = lee.client().get("/rooms/" + room + path);
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("room-not-found");
        }
        assertThat(lee.client().post("/rooms/" + room + "/join").code()).isEqualTo("room-not-found");
    }

    @Test
    void nonMembersDoNotReadAPublicRoom() {
        String room = kim.client().room("Open");

        assertThat(lee.client().get("/rooms/" + room).status()).isEqualTo(200);
        Reply reply = lee.client().get("/rooms/" + room + "/messages");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("not-a-member");
    }

    @Test
    void aSendIsAcceptedAndItsOutcomeKept() {
        String room = kim.client().room("Talk");
        String body = RestClient.message("hello");
        String id = body.substring(body.indexOf(':') + 2, body.indexOf(':') + 38);

        Reply accepted = kim.client().post("/rooms/" + room + "/messages", body);
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.text()).isEqualTo("{\"clientMsgId\":\"" + id + "\",\"status\":\"ACCEPTED\"}");

        Reply stored = kim.client().post("/rooms/" + room + "/messages?wait=persisted", body.replace("hello", "other"));
        assertThat(stored.status()).isEqualTo(201);
        assertThat(names(stored.json()))
                .containsExactly(
                        "id",
                        "seq",
                        "roomId",
                        "senderId",
                        "senderName",
                        "clientMsgId",
                        "type",
                        "content",
                        "replyTo",
                        "mentions",
                        "createdAt",
                        "editedAt",
                        "deletedAt");
        assertThat(stored.json().path("content").asText()).isEqualTo("hello");
        assertThat(stored.json().path("mentions").isArray()).isTrue();

        Reply outcome = kim.client().get("/rooms/" + room + "/outcomes/" + id);
        assertThat(names(outcome.json())).containsExactly("clientMsgId", "status", "messageId", "seq", "reason");
        assertThat(outcome.json().path("status").asText()).isEqualTo("PERSISTED");
        assertThat(outcome.json().path("messageId")).isEqualTo(stored.json().path("id"));

        Reply unknown = kim.client().get("/rooms/" + room + "/outcomes/" + UUID.randomUUID());
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.json().path("status").asText()).isEqualTo("UNKNOWN");
        assertThat(unknown.json().path("seq").isNull()).isTrue();

        Reply one = kim.client().get(stored.header("location"));
        assertThat(one.json()).isEqualTo(stored.json());
    }

    @Test
    void anAnswerToNoMessageIsNotFound() {
        String room = kim.client().room("Talk");
        String reply = RestClient.message("hello").replace("}", ",\"replyTo\":\"01HZZZZZZZZZZZZZZZZZZZZZZZ\"}");

        Reply refused = kim.client().post("/rooms/" + room + "/messages?wait=persisted", reply);
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("message-not-found");
    }

    @Test
    void historyIsReadInEveryDirection() {
        String room = kim.client().room("Long");
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            ids.add(kim.client().say(room, "m" + i).path("id").asText());
        }
        String path = "/rooms/" + room + "/messages?limit=3";

        Reply newest = kim.client().get(path);
        assertThat(names(newest.json())).containsExactly("items", "nextCursor", "hasMore");
        assertThat(seqs(newest)).containsExactly(5L, 6L, 7L);
        assertThat(seqs(kim.client()
                        .get(path + "&before="
                                + newest.json().path("nextCursor").asText())))
                .containsExactly(2L, 3L, 4L);
        assertThat(seqs(kim.client().get(path + "&after=" + ids.get(1)))).containsExactly(3L, 4L, 5L);
        assertThat(seqs(kim.client().get(path + "&afterSeq=5"))).containsExactly(6L, 7L);
        Reply around = kim.client().get(path + "&around=" + ids.get(3));
        assertThat(seqs(around)).contains(4L);
        assertThat(around.json().path("nextCursor").isNull()).isTrue();

        Reply events = kim.client().get("/rooms/" + room + "/events?afterSeq=2&limit=2");
        assertThat(seqs(events)).containsExactly(3L, 4L);
        assertThat(names(events.json().path("items").path(0))).containsExactly("event", "seq", "data");
        assertThat(events.json().path("nextCursor").asText()).isEqualTo("4");
        assertThat(seqs(kim.client().get("/rooms/" + room + "/events"))).hasSize(7);
    }

    @Test
    void myRoomsComeInPages() {
        Person park = client.person("park");
        for (int i = 1; i <= 5; i++) {
            park.client().say(park.client().room("Room " + i), "first");
        }
        Reply first = park.client().get("/rooms?limit=3");
        assertThat(first.json().path("items")).hasSize(3);
        assertThat(first.json().path("hasMore").asBoolean()).isTrue();
        JsonNode item = first.json().path("items").path(0);
        assertThat(item.path("name").asText()).isEqualTo("Room 5");
        assertThat(names(item)).endsWith("unreadCount", "lastReadSeq", "myRole", "lastMessage");
        assertThat(item.path("lastMessage").path("content").asText()).isEqualTo("first");

        Reply second = park.client()
                .get("/rooms?limit=3&cursor=" + first.json().path("nextCursor").asText());
        assertThat(second.json().path("items")).hasSize(2);
        assertThat(second.json().path("hasMore").asBoolean()).isFalse();
        assertThat(second.json().path("nextCursor").isNull()).isTrue();
        assertThat(client.person("alone")
                        .client()
                        .get("/rooms")
                        .json()
                        .path("items")
                        .toString())
                .isEqualTo("[]");
    }

    @Test
    void membersComeInPages() {
        String room = kim.client().room("Crowd");
        lee.client().post("/rooms/" + room + "/join");

        Reply first = kim.client().get("/rooms/" + room + "/members?limit=1");
        assertThat(names(first.json().path("items").path(0)))
                .containsExactly(
                        "roomId", "userId", "nickname", "role", "joinedAt", "lastReadMessageId", "lastReadSeq");
        Reply second = kim.client()
                .get("/rooms/" + room + "/members?limit=1&cursor="
                        + first.json().path("nextCursor").asText());
        assertThat(second.json().path("items").path(0).path("userId").asText()).isEqualTo(lee.id());
        assertThat(second.json().path("hasMore").asBoolean()).isFalse();
    }

    @Test
    void readingMovesTheMarkerForwardOnly() {
        String room = kim.client().room("Read");
        lee.client().post("/rooms/" + room + "/join");
        String first = kim.client().say(room, "one").path("id").asText();
        String second = kim.client().say(room, "two").path("id").asText();
        JsonNode unread = lee.client().get("/unread").json();
        assertThat(names(unread)).containsExactly("total", "rooms");
        assertThat(unread.path("total").asInt()).isGreaterThanOrEqualTo(2);

        Reply read = lee.client().post("/rooms/" + room + "/read", "{\"lastReadMessageId\":\"" + second + "\"}");
        assertThat(read.status()).isEqualTo(200);
        assertThat(names(read.json()))
                .containsExactly("roomId", "userId", "lastReadMessageId", "lastReadSeq", "unreadCount");
        assertThat(read.json().path("unreadCount").asInt()).isZero();

        Reply back = lee.client().post("/rooms/" + room + "/read", "{\"lastReadMessageId\":\"" + first + "\"}");
        assertThat(back.json()).isEqualTo(read.json());

        JsonNode readers = kim.client()
                .get("/rooms/" + room + "/messages/" + first + "/reads")
                .json();
        assertThat(readers.path("items")).hasSize(1);
        assertThat(names(readers.path("items").path(0))).containsExactly("userId", "readAt");
        assertThat(readers.path("items").path(0).path("userId").asText()).isEqualTo(lee.id());
    }

    @Test
    void presenceAnswersWhoeverWasAskedFor() {
        String nobody = UUID.randomUUID().toString();
        Reply reply = kim.client()
                .post(
                        "/presence/query",
                        "{\"userIds\":[\"" + lee.id() + "\",\"" + nobody + "\",\"" + lee.id() + "\"]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("items")).hasSize(2);
        assertThat(reply.json().path("items").path(0).path("status").asText()).isEqualTo("OFFLINE");
        assertThat(names(reply.json().path("items").path(1))).containsExactly("userId", "status", "lastSeenAt");
        assertThat(kim.client()
                        .post("/presence/query", "{\"userIds\":[]}")
                        .json()
                        .path("items")
                        .toString())
                .isEqualTo("[]");
    }

    @Test
    void emptyListsAreListsAndAbsentValuesAreNull() {
        String room = kim.client().room("Empty");

        assertThat(kim.client().get("/rooms/" + room + "/messages").text())
                .isEqualTo("{\"items\":[],\"nextCursor\":null,\"hasMore\":false}");
        assertThat(kim.client().get("/rooms/" + room).json().path("bookingId").isNull())
                .isTrue();
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<Long> seqs(Reply reply) {
        List<Long> seqs = new ArrayList<>();
        reply.json().path("items").forEach(item -> seqs.add(item.path("seq").asLong()));
        return seqs;
    }
}
