package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.bootstrap.node.FragileWorker;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker is killed in the middle of a stream; another takes over (G3, G5, G6). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerKillIT {

    private static final int MESSAGES = 400;

    private final Installation installation = new Installation();
    private final RestClient rest = new RestClient();
    private List<URI> gateways = List.of();

    @BeforeAll
    void start() throws IOException {
        gateways = Installation.urls(installation.start(2, "gateway"));
    }

    @AfterAll
    void stop() {
        installation.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingAcceptedIsLostDoubledReorderedOrUnseen(FragileWorker.Point point) throws IOException {
        RestClient.Account kim = rest.register(gateways.get(0), "Kim");
        RestClient.Account lee = rest.register(gateways.get(1), "Lee");
        String room = rest.createRoom(gateways.get(0), kim, List.of(lee));
        SocketClient sender = SocketClient.connect(rest, gateways.get(0), kim);
        SocketClient reader = SocketClient.connect(rest, gateways.get(1), lee);
        sender.join(room);
        reader.join(room);
        ServerProcess fragile = installation.startMain(FragileWorker.class.getName(), point.name(), "150");

        Set<String> accepted = new HashSet<>();
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            String id = UUID.randomUUID().toString();
            accepted.add(id);
            answers.add(sender.send(room, id, "Nr. " + i));
            if (i % 10 == 0) {
                answers.getLast().join();
            }
        }
        answers.forEach(
                answer -> assertThat(answer.join().path("status").asText()).isEqualTo("ACCEPTED"));
        assertThat(fragile.awaitExit(60)).isEqualTo(137);

        ServerProcess worker = installation.start(1, "worker").getFirst();
        reader.awaitMessages(room, MESSAGES);
        sender.awaitMessages(room, MESSAGES);
        List<JsonNode> history = rest.history(gateways.get(0), lee, room);
        Timeline.assertWhole(history, MESSAGES);
        Timeline.assertHolds(history, accepted);
        assertThat(reader.messages(room)).isEqualTo(history);
        assertThat(sender.messages(room)).isEqualTo(history);
        sender.abort();
        reader.abort();
        worker.terminate();
        assertThat(worker.awaitExit(15)).isZero();
    }
}
