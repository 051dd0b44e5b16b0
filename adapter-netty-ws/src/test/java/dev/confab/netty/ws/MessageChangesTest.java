package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.netty.RestClient;
import dev.confab.netty.RestClient.Reply;
import dev.confab.netty.TestServer;
import dev.confab.testkit.Eventually;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Messages that are edited, deleted, answered and that mention people, over REST and WebSocket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessageChangesTest {

    private static final String NOTHING = "01HZZZZZZZZZZZZZZZZZZZZZZZ";

    private final TestServer server = TestServer.start();
    private final List<ChatClient> clients = new ArrayList<>();
    private final RestClient.Person kim = server.client().person("kim");
    private final RestClient.Person lee = server.client().person("lee");

    @AfterEach
    void hangUp() {
        clients.forEach(ChatClient::close);
        clients.clear();
    }

    @AfterAll
    void close() {
        server.close();
    }

    private ChatClient connect(RestClient.Person person) {
        ChatClient client = ChatClient.connect(server.server().httpPort(), person.accessToken());
        clients.add(client);
        return client;
    }

    /** A room of Kim's with Lee in it. */
    private String room() {
        return kim.client().room("room", lee);
    }

    private static String target(String room, String message, String more) {
        return "{\"roomId\":\"" + room + "\",\"messageId\":\"" + message + "\"" + more + "}";
    }

    private static Reply delete(RestClient.Person person, String path, @Nullable String body) {
        return person.client().send("DELETE", path, body == null ? null : body.getBytes(StandardCharsets.UTF_8));
    }

    private static String content(JsonNode frame) {
        return frame.path("data").path("content").asText();
    }

    @Test
    void anEditReachesTheRoomAndTheEditorsOtherConnections() {
        String room = room();
        JsonNode message = kim.client().say(room, "helo");
        ChatClient editor = connect(kim);
        ChatClient elsewhere = connect(kim);
        ChatClient reader = connect(lee);
        reader.ask("joinRoom", ChatClient.room(room));

        JsonNode answer =
                editor.ask("editMessage", target(room, message.path("id").asText(), ",\"content\":\"hello @lee\""));

        assertThat(answer.path("event").asText()).isEqualTo("reply");
        assertThat(answer.path("data").path("success").asBoolean()).isTrue();
        assertThat(UUID.fromString(answer.path("data").path("commandId").asText()))
                .isNotNull();
        for (ChatClient client : List.of(editor, elsewhere, reader)) {
            JsonNode edited = client.next("messageEdited").path("data");
            assertThat(edited.path("id")).isEqualTo(message.path("id"));
            assertThat(edited.path("seq").asInt()).isEqualTo(1);
            assertThat(edited.path("changeSeq").asInt()).isEqualTo(2);
            assertThat(edited.path("content").asText()).isEqualTo("hello @lee");
            assertThat(edited.path("mentions").get(0).asText()).isEqualTo(lee.id());
            assertThat(edited.path("editedAt").isTextual()).isTrue();
        }
    }

    @Test
    void aDeletionOverRestReachesTheRoomAndLeavesATombstone() {
        String room = room();
        String id = lee.client().say(room, "rude").path("id").asText();
        String path = "/rooms/" + room + "/messages/" + id;
        ChatClient reader = connect(lee);
        reader.ask("joinRoom", ChatClient.room(room));
        String command = UUID.randomUUID().toString();

        Reply reply = delete(kim, path, "{\"commandId\":\"" + command + "\"}");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().toString())
                .isEqualTo("{\"messageId\":\"" + id + "\",\"commandId\":\"" + command + "\",\"status\":\"ACCEPTED\"}");
        JsonNode deleted = reader.next("messageDeleted").path("data");
        assertThat(deleted.path("changeSeq").asInt()).isEqualTo(2);
        assertThat(deleted.path("content").isNull()).isTrue();
        assertThat(deleted.path("deletedAt").isTextual()).isTrue();
        assertThat(kim.client().get(path).json().path("content").isNull()).isTrue();
        JsonNode events = kim.client().get("/rooms/" + room + "/events").json().path("items");
        assertThat(events.findValuesAsText("event")).containsExactly("newMessage", "messageDeleted");
        assertThat(events.get(0).path("data").path("content").isNull()).isTrue();
        assertThat(events.get(1).path("seq").asInt()).isEqualTo(2);
        assertThat(events.get(1).path("data").path("seq").asInt()).isEqualTo(1);
        JsonNode outcome =
                kim.client().get("/rooms/" + room + "/outcomes/" + command).json();
        assertThat(outcome.path("status").asText()).isEqualTo("PERSISTED");
        assertThat(outcome.path("messageId").asText()).isEqualTo(id);
        assertThat(outcome.path("seq").asInt()).isEqualTo(2);

        assertThat(delete(kim, path + "?commandId=" + command, null).status()).isEqualTo(202);
        assertThat(delete(kim, path, null).code()).isEqualTo("message-not-found");
        assertThat(kim.client().patch(path, "{\"content\":\"x\"}").status()).isEqualTo(404);
    }

    @Test
    void whoMayNotChangeAMessageIsToldAtOnce() {
        String room = room();
        String id = kim.client().say(room, "mine").path("id").asText();
        String path = "/rooms/" + room + "/messages/" + id;
        RestClient.Person guest = server.client().person("guest");
        ChatClient client = connect(lee);

        assertThat(lee.client().patch(path, "{\"content\":\"x\"}").code()).isEqualTo("forbidden");
        assertThat(delete(lee, path, null).code()).isEqualTo("forbidden");
        assertThat(delete(guest, path, null).code()).isEqualTo("not-a-member");
        assertThat(kim.client()
                        .patch(path, "{\"content\":\"" + "x".repeat(4_001) + "\"}")
                        .code())
                .isEqualTo("validation");
        assertThat(kim.client()
                        .patch("/rooms/" + room + "/messages/" + NOTHING, "{\"content\":\"x\"}")
                        .code())
                .isEqualTo("message-not-found");
        JsonNode refused = client.ask("deleteMessage", target(room, id, ""));
        assertThat(refused.path("event").asText()).isEqualTo("error");
        assertThat(refused.path("data").path("code").asText()).isEqualTo("forbidden");
        assertThat(client.ask("editMessage", target(room, id, ""))
                        .path("data")
                        .path("code")
                        .asText())
                .isEqualTo("validation");
    }

    @Test
    void nothingIsChangedInAClosedRoom() {
        String room = room();
        String id = kim.client().say(room, "last words").path("id").asText();
        String path = "/rooms/" + room + "/messages/" + id;
        kim.client().post("/rooms/" + room + "/close");

        assertThat(kim.client().patch(path, "{\"content\":\"x\"}").code()).isEqualTo("room-closed");
        assertThat(delete(kim, path, null).status()).isEqualTo(409);
        assertThat(kim.client().get(path).json().path("content").asText()).isEqualTo("last words");
    }

    @Test
    void anAdminDeletesAMembersMessageAndTheOwnerReadsOfIt() {
        RestClient.Person admin = server.client().person("admin");
        String room = room();
        admin.client().post("/rooms/" + room + "/join");
        kim.client().patch("/rooms/" + room + "/members/" + admin.id(), "{\"role\":\"ADMIN\"}");
        String id = lee.client().say(room, "rude").path("id").asText();

        assertThat(delete(admin, "/rooms/" + room + "/messages/" + id, null).status())
                .isEqualTo(202);

        Eventually.holds(() -> {
            JsonNode newest = kim.client()
                    .get("/rooms/" + room + "/audit")
                    .json()
                    .path("items")
                    .path(0);
            assertThat(newest.path("action").asText()).isEqualTo("MESSAGE_DELETED");
            assertThat(newest.path("messageId").asText()).isEqualTo(id);
        });
    }

    @Test
    void whoLeftChangesNothingAnyMore() {
        String room = kim.client().room("alone");
        String id = kim.client().say(room, "last").path("id").asText();
        kim.client().post("/rooms/" + room + "/leave");

        assertThat(delete(kim, "/rooms/" + room + "/messages/" + id, null).status())
                .isEqualTo(403);
    }

    @Test
    void whoWasAwayIsToldOfChangesInTheirOrder() {
        String room = room();
        String id = kim.client().say(room, "1").path("id").asText();
        ChatClient editor = connect(kim);
        editor.ask("joinRoom", ChatClient.room(room));
        editor.ask("editMessage", target(room, id, ",\"content\":\"2\""));
        editor.next("messageEdited");
        kim.client().say(room, "between");
        editor.ask("deleteMessage", target(room, id, ""));
        editor.next("messageDeleted");

        ChatClient back = connect(lee);
        back.send("joinRoom", "{\"roomId\":\"" + room + "\",\"lastSeq\":1}");

        assertThat(back.nextOfAll().path("event").asText()).isEqualTo("connected");
        JsonNode edited = back.nextOfAll();
        assertThat(edited.path("event").asText()).isEqualTo("messageEdited");
        assertThat(edited.path("data").path("changeSeq").asInt()).isEqualTo(2);
        assertThat(edited.path("data").path("content").isNull()).isTrue();
        assertThat(content(back.nextOfAll())).isEqualTo("between");
        assertThat(back.nextOfAll().path("data").path("changeSeq").asInt()).isEqualTo(4);
        assertThat(back.nextOfAll().path("data").path("seq").asInt()).isEqualTo(4);
    }

    @Test
    void aRepeatedEditDoesNotComeBackAfterALaterOne() {
        String room = room();
        String id = kim.client().say(room, "1").path("id").asText();
        String path = "/rooms/" + room + "/messages/" + id;
        String first = "{\"content\":\"2\",\"commandId\":\"" + UUID.randomUUID() + "\"}";

        assertThat(kim.client().patch(path, first).status()).isEqualTo(202);
        assertThat(kim.client().patch(path, "{\"content\":\"3\"}").status()).isEqualTo(202);
        assertThat(kim.client().patch(path, first).status()).isEqualTo(202);
        kim.client().say(room, "after");

        Eventually.holds(
                () -> assertThat(kim.client().get(path).json().path("content").asText())
                        .isEqualTo("3"));
        assertThat(kim.client().get("/rooms/" + room).json().path("lastSeq").asInt())
                .isEqualTo(4);
    }

    @Test
    void anAnswerToNothingIsRefusedAtOnce() {
        String room = room();
        String id = kim.client().say(room, "question").path("id").asText();
        String answer = RestClient.message("answer");

        assertThat(kim.client()
                        .post("/rooms/" + room + "/messages", answer.replace("}", ",\"replyTo\":\"" + NOTHING + "\"}"))
                        .code())
                .isEqualTo("message-not-found");
        Reply stored = kim.client()
                .post(
                        "/rooms/" + room + "/messages?wait=persisted",
                        answer.replace("}", ",\"replyTo\":\"" + id + "\"}"));
        assertThat(stored.status()).isEqualTo(201);
        assertThat(stored.json().path("replyTo").asText()).isEqualTo(id);
    }
}
