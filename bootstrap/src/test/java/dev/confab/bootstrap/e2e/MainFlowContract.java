package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.bootstrap.demo.Demo;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The main flow, the same for every way to run Confab. */
interface MainFlowContract {

    /** The gateways of one installation; may be the same one twice. */
    List<URI> gateways();

    RestClient rest();

    @Test
    default void fiftySendersInOneRoomAreSeenByAllInOneOrder() {
        List<RestClient.Account> people = people(50);
        String room = rest().createRoom(gateway(0), people.getFirst(), people.subList(1, 50));
        List<SocketClient> sockets = connectAll(people);
        sockets.forEach(socket ->
                assertThat(socket.join(room).path("success").asBoolean()).isTrue());

        Set<String> accepted = new HashSet<>();
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        for (int turn = 0; turn < 10; turn++) {
            for (SocketClient socket : sockets) {
                String id = UUID.randomUUID().toString();
                accepted.add(id);
                answers.add(socket.send(room, id, "Turn " + turn));
            }
        }
        answers.forEach(
                answer -> assertThat(answer.join().path("status").asText()).isEqualTo("ACCEPTED"));

        sockets.forEach(socket -> socket.awaitMessages(room, 500));
        List<JsonNode> history = rest().history(gateway(1), people.getLast(), room);
        Timeline.assertWhole(history, 500);
        Timeline.assertHolds(history, accepted);
        for (SocketClient socket : sockets) {
            assertThat(socket.messages(room)).isEqualTo(history);
            socket.abort();
        }
    }

    @Test
    default void tenRoomsSideBySideKeepTheirOwnOrder() {
        List<RestClient.Account> people = people(10);
        List<SocketClient> sockets = connectAll(people);
        Map<String, Set<String>> accepted = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            String room = rest().createRoom(gateway(i), people.getFirst(), people.subList(1, 10));
            accepted.put(room, new HashSet<>());
            sockets.forEach(socket -> socket.join(room));
        }
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        for (int turn = 0; turn < 5; turn++) {
            for (SocketClient socket : sockets) {
                accepted.forEach((room, ids) -> {
                    String id = UUID.randomUUID().toString();
                    ids.add(id);
                    answers.add(socket.send(room, id, "For this room"));
                });
            }
        }
        answers.forEach(
                answer -> assertThat(answer.join().path("status").asText()).isEqualTo("ACCEPTED"));
        accepted.forEach((room, ids) -> {
            sockets.forEach(socket -> socket.awaitMessages(room, 50));
            List<JsonNode> history = rest().history(gateway(0), people.getLast(), room);
            Timeline.assertWhole(history, 50);
            Timeline.assertHolds(history, ids);
            sockets.forEach(socket -> assertThat(socket.messages(room)).isEqualTo(history));
        });
        sockets.forEach(SocketClient::abort);
    }

    @Test
    default void twentyRepeatsAtOnceOverRestAndWebSocketAreOneMessage() {
        List<RestClient.Account> people = people(2);
        RestClient.Account sender = people.get(0);
        String room = rest().createRoom(gateway(0), sender, people.subList(1, 2));
        List<SocketClient> sockets = connectAll(people);
        sockets.forEach(socket -> socket.join(room));
        String id = UUID.randomUUID().toString();

        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            URI server = gateway(i);
            answers.add(sockets.get(0).send(room, id, "Said " + i));
            answers.add(CompletableFuture.supplyAsync(() -> rest().post(
                            server,
                            "/rooms/" + room + "/messages?wait=persisted",
                            sender,
                            RestClient.message(id, "Said again"))
                    .expect(201)
                    .body()));
        }
        answers.forEach(CompletableFuture::join);
        rest().post(
                        gateway(0),
                        "/rooms/" + room + "/messages?wait=persisted",
                        sender,
                        RestClient.message(UUID.randomUUID().toString(), "After"))
                .expect(201);

        sockets.forEach(socket -> socket.awaitMessages(room, 2));
        List<JsonNode> history = rest().history(gateway(1), sender, room);
        Timeline.assertWhole(history, 2);
        assertThat(history.getFirst().path("clientMsgId").asText()).isEqualTo(id);
        sockets.forEach(socket -> assertThat(socket.messages(room)).isEqualTo(history));
        JsonNode outcome = rest().get(gateway(1), "/rooms/" + room + "/outcomes/" + id, sender)
                .expect(200)
                .body();
        assertThat(outcome.path("status").asText()).isEqualTo("PERSISTED");
        assertThat(outcome.path("seq").asLong()).isEqualTo(1);
        sockets.forEach(SocketClient::abort);
    }

    @Test
    default void whoWasAwayIsToldOnTheOtherGatewayWhatWasMissed() {
        List<RestClient.Account> people = people(2);
        String room = rest().createRoom(gateway(0), people.get(0), people.subList(1, 2));
        SocketClient sender = SocketClient.connect(rest(), gateway(0), people.get(0));
        SocketClient first = SocketClient.connect(rest(), gateway(0), people.get(1));
        first.join(room);
        sender.join(room);
        sender.send(room, UUID.randomUUID().toString(), "Seen").join();
        first.awaitMessages(room, 1);
        first.abort();
        for (int i = 0; i < 20; i++) {
            sender.send(room, UUID.randomUUID().toString(), "Missed " + i).join();
        }
        sender.awaitMessages(room, 21);

        SocketClient second = SocketClient.connect(rest(), gateway(1), people.get(1));
        JsonNode answer = second.resume(room, 1);
        assertThat(answer.path("recovered").asBoolean()).isTrue();
        assertThat(answer.path("seq").asLong()).isEqualTo(21);
        assertThat(second.messages(room).stream()
                        .map(message -> message.path("seq").asLong()))
                .containsExactlyElementsOf(
                        java.util.stream.LongStream.rangeClosed(2, 21).boxed().toList());
        sender.send(room, UUID.randomUUID().toString(), "Live").join();
        second.awaitMessages(room, 21);
        assertThat(second.messages(room).getLast().path("seq").asLong()).isEqualTo(22);
        sender.abort();
        second.abort();
    }

    @Test
    default void whoLeavesHearsNothingMoreOnAnyGateway() {
        List<RestClient.Account> people = people(3);
        String room = rest().createRoom(gateway(0), people.get(0), people.subList(1, 3));
        SocketClient sender = SocketClient.connect(rest(), gateway(0), people.get(0));
        SocketClient leaver = SocketClient.connect(rest(), gateway(1), people.get(1));
        SocketClient stayer = SocketClient.connect(rest(), gateway(1), people.get(2));
        leaver.join(room);
        stayer.join(room);
        sender.send(room, UUID.randomUUID().toString(), "For all").join();
        leaver.awaitMessages(room, 1);

        rest().post(gateway(0), "/rooms/" + room + "/leave", people.get(1), Map.of())
                .expect(204);
        leaver.awaitFrame(frame -> frame.path("event").asText().equals("memberLeft"));
        sender.send(room, UUID.randomUUID().toString(), "For who stays").join();
        stayer.awaitMessages(room, 3);
        assertThat(stayer.messages(room).stream()
                        .map(message -> message.path("content").asText()))
                .containsExactlyInAnyOrder("For all", "Person1 left", "For who stays");
        assertThat(leaver.messages(room)).hasSize(1);
        assertThat(leaver.send(room, UUID.randomUUID().toString(), "Hello?")
                        .join()
                        .path("code")
                        .asText())
                .isEqualTo("not-a-member");
        List.of(sender, leaver, stayer).forEach(SocketClient::abort);
    }

    @Test
    default void loggingOutEndsTheSocketsOnEveryGateway() {
        RestClient.Account kim = people(1).getFirst();
        SocketClient socket = SocketClient.connect(rest(), gateway(1), kim);
        rest().post(gateway(0), "/auth/logout", kim, Map.of("refreshToken", kim.refreshToken()))
                .expect(204);
        assertThat(socket.awaitClose()).isEqualTo(4401);
    }

    @Test
    default void theDemoHolds() {
        StringWriter told = new StringWriter();
        new Demo(gateways(), 15, Duration.ofMinutes(1), new PrintWriter(told)).run();
        assertThat(told.toString()).contains("All three saw the same 22 messages once");
    }

    /** Gateways in turn. */
    default URI gateway(int index) {
        return gateways().get(index % gateways().size());
    }

    private List<RestClient.Account> people(int count) {
        List<CompletableFuture<RestClient.Account>> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "Person" + i;
            URI server = gateway(i);
            people.add(CompletableFuture.supplyAsync(() -> rest().register(server, name)));
        }
        return people.stream().map(CompletableFuture::join).toList();
    }

    private List<SocketClient> connectAll(List<RestClient.Account> people) {
        List<SocketClient> sockets = new ArrayList<>();
        for (RestClient.Account person : people) {
            sockets.add(SocketClient.connect(rest(), gateway(sockets.size()), person));
        }
        return sockets;
    }
}
