package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.testkit.AtOnce;
import dev.confab.testkit.Eventually;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who has read what, who is there and who is typing, the same for every way to run Confab. */
interface SignalFlowContract {

    int READERS = 50;
    int MESSAGES = 10;

    /** The gateways of one installation; may be the same one twice. */
    List<URI> gateways();

    RestClient rest();

    /** People who are logged in there. */
    List<RestClient.Account> people(int count);

    private URI gateway(int i) {
        return gateways().get(i % gateways().size());
    }

    @Test
    default void fiftyWhoReadAtOnceLeaveEveryCountExactAndAreToldToAll() {
        List<RestClient.Account> people = people(READERS + 1);
        RestClient.Account kim = people.getFirst();
        List<RestClient.Account> readers = people.subList(1, people.size());
        String room = rest().createRoom(gateway(0), kim, readers);
        SocketClient watcher = SocketClient.connect(rest(), gateway(1), kim);
        watcher.join(room);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            said.add(rest().post(
                            gateway(i),
                            "/rooms/" + room + "/messages?wait=persisted",
                            kim,
                            RestClient.message(UUID.randomUUID().toString(), "Nr. " + i))
                    .expect(201)
                    .body()
                    .path("id")
                    .asText());
        }

        // Each marks two places, on two gateways; the later one counts.
        List<Integer> left = AtOnce.call(READERS, i -> {
            int place = i % MESSAGES;
            rest().post(gateway(i), path(room), readers.get(i), Map.of("lastReadMessageId", said.get(place)))
                    .expect(200);
            return rest().post(gateway(i + 1), path(room), readers.get(i), Map.of("lastReadMessageId", said.get(0)))
                    .expect(200)
                    .body()
                    .path("unreadCount")
                    .asInt();
        });

        Set<String> told = new HashSet<>();
        for (int i = 0; i < READERS; i++) {
            RestClient.Account reader = readers.get(i);
            int unread = MESSAGES - 1 - i % MESSAGES;
            assertThat(left.get(i)).isEqualTo(unread);
            assertThat(rest().get(gateway(i + 1), "/unread", reader)
                            .expect(200)
                            .body()
                            .path("total")
                            .asInt())
                    .isEqualTo(unread);
            String last = said.get(i % MESSAGES);
            watcher.awaitFrame(frame -> frame.path("event").asText().equals("readReceipt")
                    && frame.path("data").path("userId").asText().equals(reader.id())
                    && frame.path("data").path("lastReadMessageId").asText().equals(last));
            told.add(reader.id());
        }
        assertThat(told).hasSize(READERS);
        assertThat(rest().get(gateway(1), "/rooms/" + room + "/messages/" + said.getLast() + "/reads", kim)
                        .expect(200)
                        .body()
                        .path("items"))
                .hasSize(READERS / MESSAGES);
        watcher.abort();
    }

    private static String path(String room) {
        return "/rooms/" + room + "/read";
    }

    @Test
    default void whoComesTypesAndGoesIsSeenOnTheOtherGateway() {
        RestClient.Account kim = rest().register(gateway(0), "Kim");
        RestClient.Account lee = rest().register(gateway(1), "Lee");
        String room = rest().createRoom(gateway(0), kim, List.of(lee));
        SocketClient watcher = SocketClient.connect(rest(), gateway(0), kim);
        watcher.join(room);

        SocketClient guest = SocketClient.connect(rest(), gateway(1), lee);
        guest.join(room);
        awaitOf(watcher, "userJoined", lee);
        assertThat(awaitOf(watcher, "presence", lee).path("status").asText()).isEqualTo("ONLINE");
        assertThat(rest().get(gateway(0), "/rooms/" + room + "/online", kim)
                        .expect(200)
                        .body()
                        .path("items")
                        .findValuesAsText("userId"))
                .containsExactlyInAnyOrder(kim.id(), lee.id());
        guest.tell("typing", Map.of("roomId", room, "isTyping", true));
        assertThat(awaitOf(watcher, "typing", lee).path("isTyping").asBoolean()).isTrue();
        assertThat(guest.events("typing")).isEmpty();

        // Nobody says good-bye: typing ends, and after the grace the user is gone.
        guest.abort();
        awaitOf(watcher, "userLeft", lee);
        assertThat(watcher.events("typing").getLast().path("isTyping").asBoolean())
                .isFalse();
        Eventually.holds(() -> {
            JsonNode status = rest().post(gateway(0), "/presence/query", kim, Map.of("userIds", List.of(lee.id())))
                    .expect(200)
                    .body()
                    .path("items")
                    .path(0);
            assertThat(status.path("status").asText()).isEqualTo("OFFLINE");
            assertThat(status.path("lastSeenAt").isTextual()).isTrue();
        });
        watcher.awaitFrame(frame -> isOf(frame, "presence", lee)
                && frame.path("data").path("status").asText().equals("OFFLINE"));
        watcher.abort();
    }

    /** Waits for the first event of that name about somebody, and gives its data. */
    private static JsonNode awaitOf(SocketClient client, String event, RestClient.Account about) {
        client.awaitFrame(frame -> isOf(frame, event, about));
        return client.events(event).stream()
                .filter(data -> data.path("userId").asText().equals(about.id()))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOf(JsonNode frame, String event, RestClient.Account about) {
        return frame.path("event").asText().equals(event)
                && frame.path("data").path("userId").asText().equals(about.id());
    }
}
