package dev.confab.netty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.netty.RestClient;
import dev.confab.netty.RestClient.Person;
import dev.confab.netty.RestClient.Reply;
import dev.confab.netty.TestServer;
import dev.confab.testkit.Eventually;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Looking for messages over REST. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MessageSearchTest {

    private final TestServer server = TestServer.start();

    @AfterAll
    void stop() {
        server.close();
    }

    private static Reply search(Person person, String query, String more) {
        return person.client().get("/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + more);
    }

    private static List<String> contents(Reply reply) {
        List<String> contents = new ArrayList<>();
        reply.json()
                .path("items")
                .forEach(item -> contents.add(item.path("content").asText()));
        return contents;
    }

    private static void awaitFound(Person person, String query, String... contents) {
        Eventually.holds(() -> assertThat(contents(search(person, query, ""))).containsExactly(contents));
    }

    private static String room(Person owner, String visibility) {
        return owner.client()
                .post("/rooms", "{\"name\":\"r\",\"visibility\":\"" + visibility + "\"}")
                .json()
                .path("id")
                .asText();
    }

    @Test
    void messagesAreFoundAsHistoryShowsThem() {
        Person kim = server.client().person("kim");
        String room = room(kim, "PUBLIC");
        JsonNode said = kim.client().say(room, "점심 먹을까요? At Noon.");

        awaitFound(kim, "점심 noon", "점심 먹을까요? At Noon.");

        Reply reply = search(kim, "먹을까", "&roomId=" + room);
        assertThat(reply.json().path("items").get(0)).isEqualTo(said);
        assertThat(reply.json().path("hasMore").asBoolean()).isFalse();
        assertThat(reply.json().path("nextCursor").isNull()).isTrue();
    }

    @Test
    void editsAndDeletionsAreRespected() {
        Person kim = server.client().person("kim");
        String room = room(kim, "PUBLIC");
        String path = "/rooms/" + room + "/messages/";
        String edited = kim.client().say(room, "apple tart").path("id").asText();
        String deleted = kim.client().say(room, "apple pie").path("id").asText();
        awaitFound(kim, "apple", "apple pie", "apple tart");

        kim.client().patch(path + edited, "{\"content\":\"pear tart\"}");
        kim.client().delete(path + deleted);

        awaitFound(kim, "tart", "pear tart");
        awaitFound(kim, "pear", "pear tart");
        awaitFound(kim, "apple");
    }

    @Test
    void pagesFollowEachOtherNewestFirst() {
        Person kim = server.client().person("kim");
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            said.addFirst("number " + i);
            kim.client().say(room(kim, "PRIVATE"), "number " + i);
        }
        awaitFound(kim, "number", said.toArray(String[]::new));

        List<String> walked = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = search(kim, "number", "&limit=2" + cursor);
            assertThat(page.json().path("items").size()).isLessThanOrEqualTo(2);
            walked.addAll(contents(page));
            JsonNode next = page.json().path("nextCursor");
            assertThat(page.json().path("hasMore").asBoolean()).isEqualTo(!next.isNull());
            cursor = next.isNull() ? "" : "&cursor=" + next.asText();
        } while (!cursor.isEmpty());

        assertThat(walked).isEqualTo(said);
    }

    @Test
    void onlyOnesOwnRoomsAreSearched() {
        Person kim = server.client().person("kim");
        Person lee = server.client().person("lee");
        String open = room(kim, "PUBLIC");
        String hidden = room(kim, "PRIVATE");
        kim.client().say(hidden, "a plum in private");
        kim.client().say(open, "a plum in public");
        awaitFound(kim, "plum", "a plum in public", "a plum in private");

        assertThat(contents(search(lee, "plum", ""))).isEmpty();
        assertThat(search(lee, "plum", "&roomId=" + open).code()).isEqualTo("not-a-member");
        assertThat(search(lee, "plum", "&roomId=" + hidden).code()).isEqualTo("room-not-found");
        lee.client().post("/rooms/" + open + "/join");
        assertThat(contents(search(lee, "plum", ""))).containsExactly("a plum in public");
        assertThat(contents(search(kim, "plum", "&roomId=" + hidden))).containsExactly("a plum in private");
        kim.client().put("/rooms/" + open + "/bans/" + lee.id(), "");
        assertThat(contents(search(lee, "plum", ""))).isEmpty();
    }

    @Test
    void whatIsMissingOrMalformedIsTold() {
        Person kim = server.client().person("kim");
        for (Reply reply : new Reply[] {
            kim.client().get("/search"),
            search(kim, "", ""),
            search(kim, " ", ""),
            search(kim, "?!", ""),
            search(kim, "a\0", ""),
            search(kim, "x".repeat(201), ""),
            search(kim, "a", "&limit=0"),
            search(kim, "a", "&limit=101"),
            search(kim, "a", "&cursor=nonsense"),
            search(kim, "a", "&roomId=nonsense")
        }) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("validation");
            assertThat(reply.json().path("errors").size()).isEqualTo(1);
        }
        assertThat(search(kim, "x".repeat(200), "").status()).isEqualTo(200);
        RestClient stranger = server.client();
        assertThat(stranger.get("/search?q=a").status()).isEqualTo(401);
    }
}
