package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.testkit.AtOnce;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rooms of all kinds and what moderators do in them, the same for every way to run Confab. */
interface ModerationFlowContract {

    /** The gateways of one installation; may be the same one twice. */
    List<URI> gateways();

    RestClient rest();

    @Test
    default void whoIsRemovedOrBannedHearsNothingMoreOnAnyGateway() {
        URI here = gateways().getFirst();
        URI there = gateways().getLast();
        RestClient.Account kim = rest().register(here, "Kim");
        RestClient.Account lee = rest().register(there, "Lee");
        RestClient.Account pat = rest().register(there, "Pat");
        for (String way : List.of("DELETE members", "PUT bans")) {
            String[] call = way.split(" ", 2);
            String room = rest().createRoom(here, kim, List.of(lee, pat));
            SocketClient sender = SocketClient.connect(rest(), here, kim);
            SocketClient removed = SocketClient.connect(rest(), there, lee);
            SocketClient stayer = SocketClient.connect(rest(), there, pat);
            removed.join(room);
            stayer.join(room);
            sender.send(room, UUID.randomUUID().toString(), "For all").join();
            removed.awaitMessages(room, 1);

            rest().call(call[0], here, "/rooms/" + room + "/" + call[1] + "/" + lee.id(), kim, Map.of())
                    .expect(204);
            String told = way.contains("bans") ? "memberBanned" : "memberRemoved";
            removed.awaitFrame(frame -> frame.path("event").asText().equals(told));
            sender.send(room, UUID.randomUUID().toString(), "For who stays").join();
            stayer.awaitMessages(room, 3);

            assertThat(removed.messages(room)).hasSize(1);
            assertThat(removed.send(room, UUID.randomUUID().toString(), "Hello?")
                            .join()
                            .path("code")
                            .asText())
                    .isEqualTo("not-a-member");
            List.of(sender, removed, stayer).forEach(SocketClient::abort);
        }
    }

    @Test
    default void whatHappensToARoomIsToldOnBothGatewaysAndShowsInItsTimelineInOrder() {
        URI here = gateways().getFirst();
        URI there = gateways().getLast();
        RestClient.Account kim = rest().register(here, "Kim");
        RestClient.Account lee = rest().register(there, "Lee");
        RestClient.Account pat = rest().register(there, "Pat");
        String room = rest().createRoom(here, kim, List.of(lee));
        String path = "/rooms/" + room;
        SocketClient inside = SocketClient.connect(rest(), there, lee);
        inside.join(room);
        SocketClient outside = SocketClient.connect(rest(), there, pat);

        rest().post(here, path + "/members", kim, Map.of("userId", pat.id())).expect(201);
        rest().call("PATCH", here, path + "/members/" + pat.id(), kim, Map.of("role", "ADMIN"))
                .expect(200);
        rest().call("PATCH", there, path, pat, Map.of("name", "Tea")).expect(200);
        rest().post(there, path + "/leave", pat, Map.of()).expect(204);
        rest().post(there, path + "/join", pat, Map.of()).expect(201);
        rest().call("DELETE", here, path + "/members/" + pat.id(), kim, null).expect(204);
        rest().post(here, path + "/close", kim, Map.of()).expect(200);

        inside.awaitFrame(frame -> frame.path("event").asText().equals("roomClosed"));
        inside.awaitMessages(room, 6);
        assertThat(inside.messages(room)).isEqualTo(rest().history(here, kim, room));
        assertThat(inside.messages(room).stream()
                        .map(message -> message.path("content").asText()))
                .containsExactly(
                        "Kim invited Pat",
                        "Pat renamed the room to Tea",
                        "Pat left",
                        "Pat joined",
                        "Kim removed Pat",
                        "Kim closed the room");
        Timeline.assertWhole(inside.messages(room), 6);
        outside.awaitFrame(frame -> frame.path("event").asText().equals("memberRemoved"));
        for (SocketClient socket : List.of(inside, outside)) {
            assertThat(socket.events("memberJoined").stream()
                            .filter(place -> place.path("userId").asText().equals(pat.id()))
                            .map(place -> place.path("by").asText()))
                    .containsExactly(kim.id(), pat.id());
            assertThat(socket.events("roleChanged")).hasSize(1);
            assertThat(socket.events("memberLeft")).hasSize(1);
            assertThat(socket.events("memberRemoved")).hasSize(1);
        }
        assertThat(outside.messages(room)).isEmpty();
        assertThat(inside.events("roomUpdated")).hasSize(1);
        List.of(inside, outside).forEach(SocketClient::abort);
    }

    @Test
    default void twoWhoMakeTheirDirectRoomAtOnceOnTwoGatewaysMakeOne() {
        RestClient.Account kim = rest().register(gateways().getFirst(), "Kim");
        RestClient.Account lee = rest().register(gateways().getLast(), "Lee");

        List<RestClient.Answer> answers = AtOnce.call(
                8,
                i -> i % 2 == 0
                        ? rest().post(
                                        gateways().getFirst(),
                                        "/rooms",
                                        kim,
                                        Map.of("type", "DIRECT", "memberIds", List.of(lee.id())))
                        : rest().post(
                                        gateways().getLast(),
                                        "/rooms",
                                        lee,
                                        Map.of("type", "DIRECT", "memberIds", List.of(kim.id()))));

        assertThat(answers.stream().map(RestClient.Answer::status).filter(status -> status == 201))
                .hasSize(1);
        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 201);
        Set<String> ids = new TreeSet<>();
        answers.forEach(answer -> ids.add(answer.body().path("id").asText()));
        assertThat(ids).hasSize(1);
        assertThat(rest().get(gateways().getLast(), "/rooms", kim)
                        .expect(200)
                        .body()
                        .path("items")
                        .path(0)
                        .path("peer")
                        .path("nickname")
                        .asText())
                .isEqualTo("Lee");
    }

    @Test
    default void theCapacityHoldsExactlyOverTwoGateways() {
        URI here = gateways().getFirst();
        RestClient.Account kim = rest().register(here, "Kim");
        String room = rest().post(here, "/rooms", kim, Map.of("name", "Small", "capacity", 5))
                .expect(201)
                .body()
                .path("id")
                .asText();
        List<RestClient.Account> people = IntStream.range(0, 12)
                .mapToObj(i -> rest().register(gateways().get(i % gateways().size()), "P" + i))
                .toList();

        List<Integer> statuses = AtOnce.call(
                12,
                i -> rest().call(
                                "POST",
                                gateways().get(i % gateways().size()),
                                "/rooms/" + room + "/join",
                                people.get(i),
                                null)
                        .status());

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(4);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(8);
    }
}
