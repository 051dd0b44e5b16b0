package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.permission.RoomAction;
import dev.confab.chat.permission.RoomKind;
import dev.confab.netty.RestClient;
import dev.confab.netty.RestClient.Person;
import dev.confab.netty.TestServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every event as everybody: what is answered and what is heard is what the table of permissions says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventWalkTest {

    /** Everything that a room tells, but for what only somebody slow or a server that goes has to hear. */
    private static final Set<String> OF_ROOMS = new TreeSet<>(Set.of(
            "newMessage",
            "messageEdited",
            "messageDeleted",
            "readReceipt",
            "typing",
            "userJoined",
            "userLeft",
            "presence",
            "memberJoined",
            "memberLeft",
            "memberRemoved",
            "memberBanned",
            "roleChanged",
            "roomUpdated",
            "roomClosed"));

    private final TestServer server = TestServer.start();
    private final List<ChatClient> clients = new ArrayList<>();
    private final Person owner = person("owner");
    private final Person admin = person("admin");
    private final Person member = person("member");
    private final Person banned = person("banned");
    private final Person outsider = person("outsider");

    private Person person(String name) {
        return server.client().person(name);
    }

    private ChatClient connect(Person person) {
        ChatClient client = ChatClient.connect(server.server().httpPort(), person.accessToken());
        clients.add(client);
        return client;
    }

    @AfterEach
    void hangUp() {
        clients.forEach(ChatClient::close);
        clients.clear();
    }

    @AfterAll
    void close() {
        server.close();
    }

    /** With an admin, two members and somebody who was banned. */
    private String room(RoomKind kind, Person... more) {
        List<Person> members = new ArrayList<>(List.of(admin, member, banned));
        members.addAll(List.of(more));
        String ids = members.stream().map(each -> '"' + each.id() + '"').collect(Collectors.joining(","));
        String room = owner.client()
                .post("/rooms", "{\"name\":\"Walk\",\"visibility\":\"" + kind + "\",\"memberIds\":[" + ids + "]}")
                .json()
                .path("id")
                .asText();
        expect(200, owner.client().patch("/rooms/" + room + "/members/" + admin.id(), "{\"role\":\"ADMIN\"}"));
        expect(204, owner.client().put("/rooms/" + room + "/bans/" + banned.id(), "{}"));
        return room;
    }

    private static void expect(int status, RestClient.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    }

    private Map<Person, Optional<Role>> actors() {
        Map<Person, Optional<Role>> actors = new LinkedHashMap<>();
        actors.put(outsider, Optional.empty());
        actors.put(banned, Optional.empty());
        actors.put(member, Optional.of(Role.MEMBER));
        actors.put(admin, Optional.of(Role.ADMIN));
        actors.put(owner, Optional.of(Role.OWNER));
        return actors;
    }

    @ParameterizedTest
    @EnumSource(names = {"PUBLIC", "PRIVATE"})
    void whatIsAskedForIsAnsweredAsTheTableSays(RoomKind kind) {
        Person victim = person("victim");
        actors().forEach((actor, rank) -> {
            Role role = rank.orElse(null);
            String room = room(kind, victim);
            String said = victim.client().say(room, "mine").path("id").asText();
            String message = "{\"roomId\":\"" + room + "\",\"messageId\":\"" + said + "\",\"content\":\"theirs\"}";
            ChatClient client = connect(actor);

            assertAnswer(client.ask("joinRoom", ChatClient.room(room)), RoomAction.READ, kind, role);
            JsonNode joined = client.ask("joinRooms", "{\"rooms\":[" + ChatClient.room(room) + "]}")
                    .path("data")
                    .path("rooms")
                    .path(0);
            assertThat(joined.path("code").asText("")).isEqualTo(code(RoomAction.READ, kind, role));
            assertAnswer(
                    client.ask("markRead", "{\"roomId\":\"" + room + "\",\"lastReadMessageId\":\"" + said + "\"}"),
                    RoomAction.READ,
                    kind,
                    role);
            assertAnswer(client.say(room, "hello"), RoomAction.POST, kind, role);
            String editing = code(RoomAction.READ, kind, role);
            assertThat(codeOf(client.ask("editMessage", message))).isEqualTo(editing.isEmpty() ? "forbidden" : editing);
            assertAnswer(client.ask("deleteMessage", message), RoomAction.DELETE_OF_OTHERS, kind, role);
            assertThat(codeOf(client.ask("leaveRoom", ChatClient.room(room)))).isEmpty();
            assertThat(codeOf(client.ask("heartbeat", "{}"))).isEmpty();
        });
    }

    private static void assertAnswer(JsonNode answer, RoomAction action, RoomKind kind, @Nullable Role role) {
        assertThat(codeOf(answer)).as(answer.toString()).isEqualTo(code(action, kind, role));
    }

    private static String codeOf(JsonNode answer) {
        return answer.path("data").path("code").asText("");
    }

    /** The code of the refusal; empty where there is none. */
    private static String code(RoomAction action, RoomKind kind, @Nullable Role role) {
        Optional<Refusal> refusal = action.refusal(kind, role);
        return refusal.map(each -> each.code().word()).orElse("");
    }

    @Test
    void whoIsNotLoggedInAnyMoreIsShownTheDoor() {
        Person gone = person("gone");
        expect(204, gone.client().post("/auth/logout", "{\"refreshToken\":\"" + gone.refreshToken() + "\"}"));
        ChatClient client = ChatClient.connectWithoutReading(server.server().httpPort(), gone.accessToken());
        clients.add(client);
        client.beginToRead();

        assertThat(client.nextOfAll().path("event").asText()).isEqualTo("error");
        assertThat(client.closeStatus()).isEqualTo(4401);
    }

    /** Who is live in the room hears of everything; nobody else hears of anything. */
    @ParameterizedTest
    @EnumSource(names = {"PUBLIC", "PRIVATE"})
    void whatHappensInARoomIsHeardByWhoIsInItAndByNobodyElse(RoomKind kind) {
        Person away = person("away");
        Person loggedOut = person("loggedOut");
        Person guest = person("guest");
        String room = room(kind, away, loggedOut);
        ChatClient live = connect(member);
        live.ask("joinRoom", ChatClient.room(room));
        ChatClient outside = connect(outsider);
        outside.ask("joinRoom", ChatClient.room(room));
        ChatClient wasBanned = connect(banned);
        wasBanned.ask("joinRoom", ChatClient.room(room));
        ChatClient notLive = connect(away);
        ChatClient left = connect(loggedOut);
        left.ask("joinRoom", ChatClient.room(room));
        expect(204, loggedOut.client().post("/auth/logout", "{\"refreshToken\":\"" + loggedOut.refreshToken() + "\"}"));
        assertThat(left.closeStatus()).isEqualTo(4401);

        everythingHappens(room, guest);

        Set<String> heard = new TreeSet<>();
        while (!heard.containsAll(OF_ROOMS)) {
            JsonNode frame = live.nextFrame();
            if (isAbout(room, guest, frame)) {
                heard.add(frame.path("event").asText());
            }
        }
        assertThat(heard).isEqualTo(OF_ROOMS);
        assertThat(aboutTheRoom(room, guest, outsider, outside)).isEmpty();
        assertThat(aboutTheRoom(room, guest, away, notLive)).isEmpty();
        assertThat(aboutTheRoom(room, guest, banned, wasBanned)).isEmpty();
    }

    private void everythingHappens(String room, Person guest) {
        String path = "/rooms/" + room;
        expect(201, owner.client().post(path + "/members", "{\"userId\":\"" + guest.id() + "\"}"));
        ChatClient guestHere = connect(guest);
        guestHere.ask("joinRoom", ChatClient.room(room));
        String said = owner.client().say(room, "hello").path("id").asText();
        String message = "{\"roomId\":\"" + room + "\",\"messageId\":\"" + said + "\",\"content\":\"hi\"}";
        ChatClient ownerHere = connect(owner);
        assertThat(codeOf(ownerHere.ask("editMessage", message))).isEmpty();
        assertThat(codeOf(guestHere.ask(
                        "markRead", "{\"roomId\":\"" + room + "\",\"lastReadMessageId\":\"" + said + "\"}")))
                .isEmpty();
        int unused = guestHere.send("typing", "{\"roomId\":\"" + room + "\",\"isTyping\":true}");
        assertThat(codeOf(ownerHere.ask("deleteMessage", message))).isEmpty();
        guestHere.ask("leaveRoom", ChatClient.room(room));
        expect(200, owner.client().patch(path + "/members/" + guest.id(), "{\"role\":\"ADMIN\"}"));
        expect(204, guest.client().post(path + "/leave"));
        expect(201, owner.client().post(path + "/members", "{\"userId\":\"" + guest.id() + "\"}"));
        expect(204, owner.client().delete(path + "/members/" + guest.id()));
        expect(204, owner.client().put(path + "/bans/" + guest.id(), "{}"));
        expect(200, owner.client().patch(path, "{\"name\":\"Other\"}"));
        expect(200, owner.client().post(path + "/close"));
    }

    /** Whether it was pushed because of that room; presence names only the user, who is live there and nowhere else. */
    private static boolean isAbout(String room, Person guest, JsonNode frame) {
        JsonNode data = frame.path("data");
        boolean ofGuest = frame.path("event").asText().equals("presence")
                && data.path("userId").asText().equals(guest.id());
        boolean ofRoom = data.path("roomId").asText().equals(room)
                || data.path("id").asText().equals(room);
        return !frame.has("ref") && (ofGuest || ofRoom);
    }

    /** What somebody heard of a room so far, but for what is told of one's own place in it. */
    private static Set<String> aboutTheRoom(String room, Person guest, Person self, ChatClient client) {
        int last = client.send("heartbeat", "{}");
        Set<String> heard = new TreeSet<>();
        JsonNode frame = client.nextFrame();
        while (frame.path("ref").asInt() != last) {
            String event = frame.path("event").asText();
            boolean ofOwnPlace = event.startsWith("member")
                    && frame.path("data").path("userId").asText().equals(self.id());
            if (isAbout(room, guest, frame) && !ofOwnPlace) {
                heard.add(event);
            }
            frame = client.nextFrame();
        }
        return heard;
    }
}
