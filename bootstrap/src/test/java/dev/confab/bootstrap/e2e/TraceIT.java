package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where messages have been, asked as an operator does, with two gateways of different names. */
class TraceIT {

    private final RestClient rest = new RestClient();

    private static List<JsonNode> steps(JsonNode trace, String step) {
        List<JsonNode> found = new ArrayList<>();
        trace.path("steps").forEach(each -> {
            if (each.path("step").asText().equals(step)) {
                found.add(each);
            }
        });
        return found;
    }

    private static JsonNode on(List<JsonNode> delivered, String server) {
        return delivered.stream()
                .filter(each -> each.path("server").asText().equals(server))
                .findFirst()
                .orElseThrow(() -> new AssertionError(server + " is not in " + delivered));
    }

    @Test
    void aMessageIsTracedFromItsSendToItsSessions() throws IOException {
        try (Installation installation = new Installation()) {
            installation.with("CONFAB_SERVER_ID", "east");
            List<ServerProcess> started = new ArrayList<>(installation.start(1, "serve"));
            installation.with("CONFAB_SERVER_ID", "west");
            started.addAll(installation.start(1, "gateway"));
            List<URI> gateways = Installation.urls(started);
            OperatorCommands operator = new OperatorCommands(installation.environment());
            RestClient.Account kim = rest.register(gateways.getFirst(), "Kim");
            RestClient.Account lee = rest.register(gateways.getLast(), "Lee");
            String room = rest.createRoom(gateways.getFirst(), kim, List.of(lee));
            SocketClient sender = SocketClient.connect(rest, gateways.getFirst(), kim);
            SocketClient first = SocketClient.connect(rest, gateways.getLast(), lee);
            SocketClient second = SocketClient.connect(rest, gateways.getLast(), lee);
            first.join(room);
            second.join(room);
            String name = UUID.randomUUID().toString();
            sender.send(room, name, "where am I").join();
            first.awaitMessages(room, 1);
            second.awaitMessages(room, 1);
            sender.awaitMessages(room, 1);
            JsonNode message = first.messages(room).getFirst();
            sender.send(room, name, "again").join();

            JsonNode trace = operator.json("trace", name, "--json");

            assertThat(trace.path("status").asText()).isEqualTo("PERSISTED");
            assertThat(trace.path("complete").asBoolean()).isTrue();
            List<JsonNode> accepted = steps(trace, "accepted");
            assertThat(accepted).as("once, and once again").hasSize(2);
            JsonNode ended = steps(trace, "ended").getFirst();
            assertThat(ended.path("messageId")).isEqualTo(message.path("id"));
            assertThat(ended.path("seq")).isEqualTo(message.path("seq"));
            assertThat(ended.path("partition")).isEqualTo(accepted.getFirst().path("partition"));
            assertThat(ended.path("offset")).isEqualTo(accepted.getFirst().path("offset"));
            List<JsonNode> published = steps(trace, "published");
            assertThat(published)
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.path("what").asText()).isEqualTo("posted"));
            assertThat(published.getFirst().path("traceId"))
                    .isEqualTo(accepted.getFirst().path("traceId"));
            List<JsonNode> delivered = steps(trace, "delivered");
            assertThat(on(delivered, "west").path("sessions").asInt()).isEqualTo(2);
            assertThat(on(delivered, "east").path("sessions").asInt())
                    .as("its sender's")
                    .isEqualTo(1);

            String told = operator.run(0, "trace", name, "--room", room, "--sender", kim.id());
            assertThat(told)
                    .contains(
                            "accepted at ",
                            "accepted again at ",
                            "stored as " + message.path("id").asText())
                    .contains("published at ", "handed to 2 sessions on west", "handed to 1 session on east", " ms");
            assertThat(operator.run(1, "trace", name, "--sender", lee.id())).contains("nothing is known");
            assertThat(operator.run(1, "trace", UUID.randomUUID().toString())).contains("nothing is known");
            assertThat(operator.run(2, "trace", "rubbish")).contains("is no name of a message");

            refusedAndParked(installation, operator, kim);
        }
    }

    private void refusedAndParked(Installation installation, OperatorCommands operator, RestClient.Account kim) {
        String nowhere = UUID.randomUUID().toString();
        String refused = UUID.randomUUID().toString();
        String parked = UUID.randomUUID().toString();
        try (RawRecords raw = new RawRecords(installation)) {
            raw.put(RawRecords.COMMANDS, nowhere, RawRecords.post(nowhere, kim, refused, "hi"));
            raw.put(RawRecords.COMMANDS, nowhere, RawRecords.post(nowhere, kim, parked, "a\\ud800"));
            Eventually.holdsWithin(
                    Duration.ofSeconds(60), () -> assertThat(operator.letters()).hasSize(1));
        }
        JsonNode first = operator.json("trace", refused, "--json");
        assertThat(first.path("status").asText()).isEqualTo("REJECTED");
        assertThat(steps(first, "ended").getFirst().path("code").asText()).isEqualTo("room-not-found");
        assertThat(steps(first, "published").getFirst().path("what").asText()).isEqualTo("room-not-found");
        JsonNode second = operator.json("trace", parked, "--json");
        assertThat(second.path("status").asText()).isEqualTo("PARKED");
        assertThat(steps(second, "parked").getFirst().path("letter").asText()).isEqualTo("0-0");
        assertThat(steps(second, "accepted").getFirst().path("readable").asBoolean())
                .isFalse();
        assertThat(operator.run(0, "trace", parked)).contains("parked as dead letter 0-0", "cannot be read");
    }
}
