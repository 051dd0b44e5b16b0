package dev.confab.netty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.netty.RestClient;
import dev.confab.netty.RestClient.Person;
import dev.confab.netty.RestClient.Reply;
import dev.confab.netty.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Looking for people by the beginning of their nickname, or by their whole address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UserSearchTest {

    private final TestServer server = TestServer.start();
    private final RestClient anybody = server.client().person("anybody").client();

    @AfterAll
    void stop() {
        server.close();
    }

    private Reply search(String query, String more) {
        return anybody.get("/users?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + more);
    }

    private static List<String> nicknames(Reply reply) {
        List<String> nicknames = new ArrayList<>();
        reply.json()
                .path("items")
                .forEach(item -> nicknames.add(item.path("nickname").asText()));
        return nicknames;
    }

    @Test
    void aNicknameIsFoundByItsBeginningAndNoAddressIsShown() {
        Person park = server.client().person("Parker");
        server.client().person("parking");
        server.client().person("spark");

        Reply reply = search("PARK", "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(nicknames(reply)).containsExactly("Parker", "parking");
        JsonNode first = reply.json().path("items").get(0);
        assertThat(first.path("id").asText()).isEqualTo(park.id());
        assertThat(first.size()).isEqualTo(2);
        assertThat(reply.json().path("hasMore").asBoolean()).isFalse();
        assertThat(reply.json().path("nextCursor").isNull()).isTrue();
    }

    @Test
    void anAddressIsFoundAsAWholeAndNotInParts() {
        Person yoon = server.client().person("yoon");

        Reply whole = search(yoon.email().toUpperCase(Locale.ROOT), "");

        assertThat(nicknames(whole)).containsExactly("yoon");
        assertThat(whole.text()).doesNotContain("@");
        assertThat(nicknames(search(yoon.email().substring(0, yoon.email().indexOf('@') + 3), "")))
                .isEmpty();
    }

    @Test
    void pagesFollowEachOther() {
        for (String name : List.of("twin", "Twin", "twine", "twin🙂", "twing")) {
            server.client().person(name);
        }
        List<String> walked = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = search("twin", "&limit=2" + cursor);
            walked.addAll(nicknames(page));
            cursor = page.json().path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.json().path("nextCursor").asText();
        } while (!cursor.isEmpty());

        assertThat(walked).containsExactlyInAnyOrder("twin", "Twin", "twin🙂", "twine", "twing");
    }

    @Test
    void whatIsMissingOrMalformedIsTold() {
        for (Reply reply : new Reply[] {
            anybody.get("/users"),
            search("", ""),
            search(" ", ""),
            search("a\0", ""),
            search("x".repeat(255), ""),
            search("a", "&limit=0"),
            search("a", "&limit=101"),
            search("a", "&cursor=nonsense"),
            search("a", "&cursor=AAAAAAAAAAAAAAAAAAAAAAAA_w")
        }) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("validation");
        }
        assertThat(server.client().get("/users?q=a").status()).isEqualTo(401);
    }
}
