package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.netty.RestClient;
import dev.confab.netty.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What those hear on real sockets who are taken out of a room (G14). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModeratedConversationTest {

    private final TestServer server = TestServer.start();
    private final RestClient.Person kim = server.client().person("kim");
    private final RestClient.Person lee = server.client().person("lee");
    private final RestClient.Person park = server.client().person("park");

    @AfterAll
    void close() {
        server.close();
    }

    private ChatClient connect(RestClient.Person person) {
        return ChatClient.connect(server.server().httpPort(), person.accessToken());
    }

    @Test
    void whoIsRemovedOrBannedHearsAndSaysNothingMore() {
        for (String way : List.of("DELETE /members/", "PUT /bans/")) {
            String room = kim.client().room("room", lee, park);
            ChatClient leeHere = connect(lee);
            ChatClient parkHere = connect(park);
            leeHere.ask("joinRoom", ChatClient.room(room));
            parkHere.ask("joinRoom", ChatClient.room(room));
            kim.client().say(room, "for all");
            leeHere.next("newMessage");
            parkHere.next("newMessage");

            String[] call = way.split(" ", 2);
            assertThat(kim.client()
                            .send(call[0], "/rooms/" + room + call[1] + lee.id(), null)
                            .status())
                    .isEqualTo(204);
            kim.client().say(room, "not for Lee");

            assertThat(parkHere.nextMessage("TEXT").path("content").asText()).isEqualTo("not for Lee");
            assertThat(leeHere.say(room, "hello?").path("data").path("code").asText())
                    .isEqualTo("not-a-member");
            int last = leeHere.send("joinRoom", ChatClient.room(room));
            assertThat(leeHere.answerTo(last).path("data").path("code").asText())
                    .isEqualTo("not-a-member");
            assertThat(heardUntil(leeHere, last)).containsExactly("for all");
            leeHere.close();
            parkHere.close();
        }
    }

    /** What was said, up to the answer to a frame. */
    private static List<String> heardUntil(ChatClient client, int ref) {
        List<String> contents = new ArrayList<>();
        while (true) {
            JsonNode frame = client.nextOfAll();
            if (frame.path("ref").asInt() == ref) {
                return contents;
            }
            if (frame.path("event").asText().equals("newMessage")) {
                contents.add(frame.path("data").path("content").asText());
            }
        }
    }
}
