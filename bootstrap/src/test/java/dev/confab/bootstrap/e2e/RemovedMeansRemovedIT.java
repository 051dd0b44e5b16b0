package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * G14 measured: while messages flow in every room on both gateways, members are removed, banned, leave and log out, and
 * for each it is seen when the last event of the room reached the removed session, by the time of the answer to the
 * removal.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemovedMeansRemovedIT {

    private static final int PEOPLE = 20;
    private static final int ROOMS_TO_REMOVE_FROM = 10;
    private static final int ROOMS_TO_LEAVE = 2;
    private static final int ROOMS_TO_BAN_FROM = 2;
    private static final int ROOMS = ROOMS_TO_REMOVE_FROM + ROOMS_TO_LEAVE + ROOMS_TO_BAN_FROM + 1;
    private static final long MILLIS_BETWEEN_MESSAGES = 8;
    private static final long ALLOWED_MILLIS = 1_000;
    /** More than come in the time that is allowed, so that one that came too late would be seen. */
    private static final int MESSAGES_AFTERWARDS = (int) (2 * ALLOWED_MILLIS / MILLIS_BETWEEN_MESSAGES);

    private static final Set<String> ENDS = Set.of("memberRemoved", "memberLeft", "memberBanned");

    private final Installation installation = new Installation();
    private final RestClient rest = new RestClient();
    private final ScheduledExecutorService talking = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger said = new AtomicInteger();
    private List<URI> gateways = List.of();

    /** Somebody who was removed from a room, and when that was answered. */
    private record Removal(String way, int person, String room, long answeredAt) {}

    @BeforeAll
    void start() throws IOException {
        gateways = Installation.urls(installation.start(2, "serve"));
    }

    @AfterAll
    void stop() {
        talking.shutdownNow();
        installation.close();
    }

    @Test
    void nothingOfARoomReachesWhoWasRemovedFromItAMomentLater() {
        RestClient.Account owner = rest.register(gateway(0), "Owner");
        List<RestClient.Account> people = IntStream.range(0, PEOPLE)
                .parallel()
                .mapToObj(i -> rest.register(gateway(i), "Person" + i))
                .toList();
        List<String> rooms = IntStream.range(0, ROOMS)
                .mapToObj(i -> rest.createRoom(gateway(i), owner, people))
                .toList();
        List<SocketClient> talkers = gateways.stream()
                .map(gateway -> inside(SocketClient.connect(rest, gateway, owner), rooms))
                .toList();
        List<SocketClient> sockets = IntStream.range(0, PEOPLE)
                .mapToObj(i -> inside(SocketClient.connect(rest, gateway(i), people.get(i)), rooms))
                .toList();
        var unused = talking.scheduleAtFixedRate(
                () -> talk(talkers, rooms), 0, MILLIS_BETWEEN_MESSAGES, TimeUnit.MILLISECONDS);
        awaitSaid(talkers, MESSAGES_AFTERWARDS);

        List<Removal> removals = new ArrayList<>(removeAll(owner, people, rooms));
        for (Removal removal : removals) {
            String id = people.get(removal.person()).id();
            sockets.get(removal.person()).awaitFrame(frame -> isEnd(frame, removal.room(), id));
        }
        removals.addAll(logOutAll(people, rooms.getLast()));
        awaitSaid(talkers, said.get() + MESSAGES_AFTERWARDS);
        talking.shutdownNow();

        Map<String, List<Long>> millis = new HashMap<>();
        for (Removal removal : removals) {
            SocketClient socket = sockets.get(removal.person());
            String id = people.get(removal.person()).id();
            OptionalLong last = socket.lastHeardAt(frame -> isOf(frame, removal, id));
            assertThat(last).as("%s heard nothing while being in", removal).isPresent();
            millis.computeIfAbsent(removal.way(), way -> new ArrayList<>())
                    .add(TimeUnit.NANOSECONDS.toMillis(last.getAsLong() - removal.answeredAt()));
            if (removal.way().equals("logout")) {
                assertThat(socket.awaitClose()).isEqualTo(4401);
            }
        }
        millis.forEach((way, all) -> System.out.printf(
                "G14 %s: %d sessions, last event after the answer: median %d ms, 90 %% %d ms, latest %d ms%n",
                way, all.size(), quantile(all, 0.5), quantile(all, 0.9), quantile(all, 1)));
        assertThat(millis.get("remove")).hasSize(200);
        millis.forEach((way, all) -> assertThat(all).as(way).allMatch(after -> after <= ALLOWED_MILLIS));
        talkers.forEach(SocketClient::abort);
        sockets.forEach(SocketClient::abort);
    }

    private URI gateway(int index) {
        return gateways.get(index % gateways.size());
    }

    private static SocketClient inside(SocketClient socket, List<String> rooms) {
        JsonNode answer = socket.ask(
                        "joinRooms",
                        Map.of(
                                "rooms",
                                rooms.stream()
                                        .map(room -> Map.of("roomId", room))
                                        .toList()))
                .join();
        assertThat(answer.path("rooms")).allMatch(room -> room.path("success").asBoolean());
        return socket;
    }

    private void talk(List<SocketClient> talkers, List<String> rooms) {
        int number = said.incrementAndGet();
        var unused = talkers.get(number % talkers.size())
                .send(rooms.get(number % rooms.size()), UUID.randomUUID().toString(), "Nr. " + number);
    }

    /** Until both gateways have shown the messages up to that one. */
    private static void awaitSaid(List<SocketClient> talkers, int number) {
        talkers.forEach(talker -> talker.awaitFrame(
                frame -> frame.path("data").path("content").asText().equals("Nr. " + number)));
    }

    private List<Removal> removeAll(RestClient.Account owner, List<RestClient.Account> people, List<String> rooms) {
        ConcurrentLinkedQueue<Removal> removals = new ConcurrentLinkedQueue<>();
        IntStream.range(0, ROOMS * PEOPLE).parallel().forEach(i -> {
            int person = i % PEOPLE;
            String room = rooms.get(i / PEOPLE);
            String way = way(i / PEOPLE);
            String id = people.get(person).id();
            // By the gateway on which that person is not, and by the other.
            URI gateway = gateway(i / PEOPLE + person);
            switch (way) {
                case "remove" ->
                    rest.call("DELETE", gateway, "/rooms/" + room + "/members/" + id, owner, null)
                            .expect(204);
                case "leave" ->
                    rest.post(gateway, "/rooms/" + room + "/leave", people.get(person), Map.of())
                            .expect(204);
                case "ban" ->
                    rest.call("PUT", gateway, "/rooms/" + room + "/bans/" + id, owner, Map.of())
                            .expect(204);
                default -> {
                    return;
                }
            }
            removals.add(new Removal(way, person, room, System.nanoTime()));
        });
        return List.copyOf(removals);
    }

    private List<Removal> logOutAll(List<RestClient.Account> people, String room) {
        List<Removal> removals = new ArrayList<>();
        for (int person = 0; person < PEOPLE; person++) {
            RestClient.Account account = people.get(person);
            rest.post(gateway(person + 1), "/auth/logout", account, Map.of("refreshToken", account.refreshToken()))
                    .expect(204);
            removals.add(new Removal("logout", person, room, System.nanoTime()));
        }
        return removals;
    }

    private static String way(int room) {
        if (room < ROOMS_TO_REMOVE_FROM) {
            return "remove";
        }
        if (room < ROOMS_TO_REMOVE_FROM + ROOMS_TO_LEAVE) {
            return "leave";
        }
        return room < ROOMS - 1 ? "ban" : "logout";
    }

    /** Whether it is of the room and not the news of the removal itself. */
    private static boolean isOf(JsonNode frame, Removal removal, String person) {
        return frame.path("data").path("roomId").asText().equals(removal.room())
                && !isEnd(frame, removal.room(), person);
    }

    private static boolean isEnd(JsonNode frame, String room, String person) {
        return ENDS.contains(frame.path("event").asText())
                && frame.path("data").path("roomId").asText().equals(room)
                && frame.path("data").path("userId").asText().equals(person);
    }

    private static long quantile(List<Long> values, double part) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.round(part * sorted.size())));
    }
}
