package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.netty.RestClient;
import dev.confab.netty.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What clients hear of rooms and of their places in them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomNewsTest {

    private final List<ChatClient> clients = new ArrayList<>();
    private TestServer server;
    private RestClient.Person kim;
    private RestClient.Person lee;
    private RestClient.Person park;

    @BeforeAll
    void start() {
        server = TestServer.start();
        kim = server.client().person("kim");
        lee = server.client().person("lee");
        park = server.client().person("park");
    }

    @AfterEach
    void disconnect() {
        clients.forEach(ChatClient::close);
        clients.clear();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private ChatClient connect(RestClient.Person person) {
        ChatClient client = ChatClient.connect(server.server().httpPort(), person.accessToken());
        clients.add(client);
        return client;
    }

    private ChatClient inside(RestClient.Person person, String room) {
        ChatClient client = connect(person);
        client.ask("joinRoom", ChatClient.room(room));
        return client;
    }

    private static String user(RestClient.Person person) {
        return "{\"userId\":\"" + person.id() + "\"}";
    }

    private static void assertPlace(
            JsonNode frame, String room, RestClient.Person of, String role, RestClient.Person by) {
        assertThat(frame.path("data").toString())
                .isEqualTo("{\"roomId\":\"" + room + "\",\"userId\":\"" + of.id() + "\",\"role\":" + role + ",\"by\":\""
                        + by.id() + "\"}");
    }

    /** The next frame of that event about that room. */
    private static JsonNode next(ChatClient client, String event, String room) {
        JsonNode frame = client.next(event);
        while (!frame.path("data").path("roomId").asText().equals(room)) {
            frame = client.next(event);
        }
        return frame;
    }

    @Test
    void placesInARoomAreToldToTheRoomAndToAllConnectionsOfWhomTheyAreAbout() {
        String room = kim.client().room("Tea", lee);
        String path = "/rooms/" + room;
        ChatClient kimInside = inside(kim, room);
        ChatClient parkSomewhere = connect(park);
        ChatClient parkElsewhere = connect(park);
        List<ChatClient> all = List.of(kimInside, parkSomewhere, parkElsewhere);

        kim.client().post(path + "/members", user(park));
        all.forEach(
                client -> assertPlace(nextAbout(client, "memberJoined", room, park), room, park, "\"MEMBER\"", kim));
        kim.client().patch(path + "/members/" + park.id(), "{\"role\":\"ADMIN\"}");
        all.forEach(client -> assertPlace(next(client, "roleChanged", room), room, park, "\"ADMIN\"", kim));
        kim.client().delete(path + "/members/" + park.id());
        all.forEach(client -> assertPlace(next(client, "memberRemoved", room), room, park, "\"ADMIN\"", kim));
        park.client().post(path + "/join");
        all.forEach(
                client -> assertPlace(nextAbout(client, "memberJoined", room, park), room, park, "\"MEMBER\"", park));
        park.client().post(path + "/leave");
        all.forEach(client -> assertPlace(next(client, "memberLeft", room), room, park, "\"MEMBER\"", park));
        kim.client().put(path + "/bans/" + park.id(), "{}");
        all.forEach(client -> assertPlace(next(client, "memberBanned", room), room, park, "null", kim));
    }

    private static JsonNode nextAbout(ChatClient client, String event, String room, RestClient.Person person) {
        JsonNode frame = next(client, event, room);
        while (!frame.path("data").path("userId").asText().equals(person.id())) {
            frame = next(client, event, room);
        }
        return frame;
    }

    @Test
    void changesOfARoomAreToldToThoseInItAndShowInItsTimeline() {
        String room = kim.client().room("Tea", lee);
        String path = "/rooms/" + room;
        ChatClient leeInside = inside(lee, room);
        // Reads what is said, which comes another way, in no order with the rest.
        ChatClient leeReading = inside(lee, room);

        kim.client().patch(path, "{\"metadata\":{\"a\":[1,null]},\"capacity\":5}");
        JsonNode updated = leeInside.next("roomUpdated").path("data");
        assertThat(updated).isEqualTo(kim.client().get(path).json());
        kim.client().patch(path, "{\"name\":\"Coffee\"}");
        assertThat(leeInside.next("roomUpdated").path("data").path("name").asText())
                .isEqualTo("Coffee");
        assertThat(leeReading.nextMessage("SYSTEM").path("content").asText())
                .isEqualTo("kim renamed the room to Coffee");
        kim.client().post(path + "/close");
        assertThat(leeInside.next("roomClosed").path("data").path("status").asText())
                .isEqualTo("CLOSED");
        JsonNode closed = leeReading.nextMessage("SYSTEM");
        assertThat(closed.path("content").asText()).isEqualTo("kim closed the room");
        assertThat(closed.path("senderId").isNull()).isTrue();
        assertThat(closed.path("senderName").isNull()).isTrue();
        assertThat(closed.path("mentions")).isEmpty();
        assertThat(closed.path("seq").asInt()).isEqualTo(2);
        assertThat(kim.client()
                        .get(path + "/messages/" + closed.path("id").asText())
                        .json())
                .isEqualTo(closed);
        assertThat(lee.client().get("/unread").json().path("rooms").toString()).doesNotContain("\"unreadCount\":2");
    }

    @Test
    void whoIsInvitedToADirectRoomHearsOfItAndCanSpeakThere() {
        ChatClient leeSomewhere = connect(lee);
        String room = kim.client()
                .post("/rooms", "{\"type\":\"DIRECT\",\"memberIds\":[\"" + lee.id() + "\"]}")
                .json()
                .path("id")
                .asText();

        assertPlace(nextAbout(leeSomewhere, "memberJoined", room, lee), room, lee, "\"MEMBER\"", kim);
        leeSomewhere.ask("joinRoom", ChatClient.room(room));
        leeSomewhere.say(room, "hi");
        assertThat(leeSomewhere.next("newMessage").path("data").path("seq").asInt())
                .isEqualTo(1);
    }

    @Test
    void clientsMayNotSpeakForTheServer() {
        String room = kim.client().room("Tea");
        ChatClient client = connect(kim);

        JsonNode refused = client.ask(
                "sendMessage",
                "{\"roomId\":\"" + room + "\",\"clientMsgId\":\"" + UUID.randomUUID()
                        + "\",\"type\":\"SYSTEM\",\"content\":\"kim is great\"}");

        assertThat(refused.path("event").asText()).isEqualTo("messageFailed");
        assertThat(refused.path("data").path("code").asText()).isEqualTo("validation");
    }
}
