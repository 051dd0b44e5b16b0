package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.testkit.Eventually;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Searching for messages, the same for every way to run Confab. */
interface SearchFlowContract {

    /** The gateways of one installation; may be the same one twice. */
    List<URI> gateways();

    RestClient rest();

    private List<String> found(URI gateway, RestClient.Account caller, String query) {
        JsonNode page = rest().get(gateway, "/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8), caller)
                .expect(200)
                .body();
        List<String> contents = new ArrayList<>();
        page.path("items").forEach(item -> contents.add(item.path("content").asText()));
        return contents;
    }

    private String say(URI gateway, RestClient.Account sender, String room, String text) {
        return rest().post(
                        gateway,
                        "/rooms/" + room + "/messages?wait=persisted",
                        sender,
                        RestClient.message(UUID.randomUUID().toString(), text))
                .expect(201)
                .body()
                .path("id")
                .asText();
    }

    @Test
    default void whatIsSaidOnOneGatewayIsSoonFoundOnTheOther() {
        URI here = gateways().getFirst();
        URI there = gateways().getLast();
        RestClient.Account kim = rest().register(here, "Kim");
        RestClient.Account lee = rest().register(there, "Lee");
        RestClient.Account pat = rest().register(there, "Pat");
        String room = rest().createRoom(here, kim, List.of(lee));
        String other = rest().createRoom(here, kim, List.of(lee));
        String path = "/rooms/" + room + "/messages/";

        String changed = say(here, kim, room, "점심시간에 김치찌개 어때요?");
        String deleted = say(here, kim, room, "김치찌개 or Ramen");
        say(there, lee, other, "東京都の김치찌개");

        Eventually.holds(() ->
                assertThat(found(there, lee, "김치")).containsExactly("東京都の김치찌개", "김치찌개 or Ramen", "점심시간에 김치찌개 어때요?"));
        assertThat(found(here, kim, "京都")).containsExactly("東京都の김치찌개");
        assertThat(found(there, lee, "ramen 찌개")).containsExactly("김치찌개 or Ramen");
        assertThat(found(there, pat, "김치")).isEmpty();

        rest().call("PATCH", there, path + changed, kim, Map.of("content", "점심은 비빔밥"))
                .expect(202);
        rest().call("DELETE", here, path + deleted, kim, null).expect(202);
        Eventually.holds(() -> assertThat(found(here, lee, "비빔밥")).containsExactly("점심은 비빔밥"));
        Eventually.holds(() -> assertThat(found(there, kim, "김치")).containsExactly("東京都の김치찌개"));

        rest().post(there, "/rooms/" + other + "/leave", lee, Map.of()).expect(204);
        assertThat(found(here, lee, "김치")).isEmpty();
    }
}
