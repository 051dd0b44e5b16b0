package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Messages that are edited and deleted, the same for every way to run Confab. */
interface ChangeFlowContract {

    /** The gateways of one installation; may be the same one twice. */
    List<URI> gateways();

    RestClient rest();

    @Test
    default void editsAndDeletionsAreSeenOnBothGatewaysInOneOrder() {
        URI here = gateways().getFirst();
        URI there = gateways().getLast();
        RestClient.Account kim = rest().register(here, "Kim");
        RestClient.Account lee = rest().register(there, "Lee");
        String room = rest().createRoom(here, kim, List.of(lee));
        SocketClient author = SocketClient.connect(rest(), here, lee);
        SocketClient reader = SocketClient.connect(rest(), there, kim);
        author.join(room);
        reader.join(room);
        author.send(room, UUID.randomUUID().toString(), "draft").join();
        author.awaitMessages(room, 1);
        String id = author.messages(room).getFirst().path("id").asText();
        String edit = UUID.randomUUID().toString();
        Map<String, String> first = Map.of("roomId", room, "messageId", id, "content", "1 @Kim", "commandId", edit);

        assertThat(author.ask("editMessage", first).join().path("commandId").asText())
                .isEqualTo(edit);
        author.ask("editMessage", Map.of("roomId", room, "messageId", id, "content", "2"))
                .join();
        author.ask("editMessage", first).join();
        reader.awaitFrame(frame -> frame.path("data").path("changeSeq").asLong() == 3);
        assertThat(rest().call("DELETE", there, "/rooms/" + room + "/messages/" + id, kim, null)
                        .expect(202)
                        .body()
                        .path("messageId")
                        .asText())
                .isEqualTo(id);
        for (SocketClient socket : List.of(author, reader)) {
            socket.awaitFrame(frame -> frame.path("event").asText().equals("messageDeleted"));
            List<JsonNode> edits = socket.events("messageEdited");
            assertThat(edits.stream().map(data -> data.path("changeSeq").asLong()))
                    .containsExactly(2L, 3L);
            assertThat(edits.stream().map(data -> data.path("content").asText()))
                    .containsExactly("1 @Kim", "2");
            assertThat(edits.getFirst().path("mentions").path(0).asText()).isEqualTo(kim.id());
            JsonNode deleted = socket.events("messageDeleted").getFirst();
            assertThat(deleted.path("changeSeq").asLong()).isEqualTo(4);
            assertThat(deleted.path("content").isNull()).isTrue();
        }

        assertThat(rest().call("DELETE", here, "/rooms/" + room + "/messages/" + id, lee, null)
                        .status())
                .isEqualTo(404);
        JsonNode outcome = rest().get(there, "/rooms/" + room + "/outcomes/" + edit, lee)
                .expect(200)
                .body();
        assertThat(outcome.path("seq").asLong()).isEqualTo(2);
        SocketClient back = SocketClient.connect(rest(), there, lee);
        assertThat(back.resume(room, 1).path("recovered").asBoolean()).isTrue();
        assertThat(back.events("messageEdited"))
                .hasSize(2)
                .allSatisfy(data -> assertThat(data.path("content").isNull()).isTrue());
        assertThat(back.events("messageDeleted")).hasSize(1);
        JsonNode events =
                rest().get(here, "/rooms/" + room + "/events", kim).expect(200).body();
        assertThat(events.path("items").findValuesAsText("event"))
                .containsExactly("newMessage", "messageEdited", "messageEdited", "messageDeleted");
        List.of(author, reader, back).forEach(SocketClient::abort);
    }
}
