package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thousand people come into one room at once, through two gateways, while its members talk. */
class JoinStormIT {

    private static final int PEOPLE = 1_000;
    private static final int WATCHERS = 10;
    private static final int CAPACITY = 600;
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(20);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

    private final Installation installation = new Installation();
    private final RestClient rest = new RestClient();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
        installation.close();
    }

    @Test
    void theCapacityIsExactAndNoMessageWaitsForTheStorm() throws Exception {
        List<URI> gateways = Installation.urls(installation.start(2, "gateway"));
        installation.start(1, "worker");
        List<RestClient.Account> people = installation.people(PEOPLE + WATCHERS + 1);
        RestClient.Account owner = people.getFirst();
        List<RestClient.Account> watchers = people.subList(1, 1 + WATCHERS);
        List<RestClient.Account> crowd = people.subList(1 + WATCHERS, people.size());
        String room = room(gateways.getFirst(), owner, watchers);
        String another = room(gateways.getFirst(), owner, List.of());
        List<SocketClient> watching = new ArrayList<>();
        for (RestClient.Account watcher : watchers) {
            SocketClient socket = SocketClient.connect(rest, gateways.get(watching.size() % 2), watcher);
            socket.join(room);
            watching.add(socket);
        }
        SocketClient sender = SocketClient.connect(rest, gateways.getFirst(), owner);

        List<Long> sent = new ArrayList<>();
        Runnable say = () -> {
            synchronized (sent) {
                sent.add(System.nanoTime());
                var unused = sender.send(room, UUID.randomUUID().toString(), "Nr. " + (sent.size() - 1));
            }
        };
        // What the storm does is compared with the same talk before it, which also warms everything up.
        var talk = timer.scheduleAtFixedRate(say, 0, BETWEEN_MESSAGES.toMillis(), TimeUnit.MILLISECONDS);
        watching.getFirst().awaitMessages(room, 250);
        // A server that has just started is slow: the first storm is on another room and is not measured.
        storm(gateways, another, crowd);
        int before = sent.size();
        long begin = System.nanoTime();
        Map<String, Long> outcomes = storm(gateways, room, crowd);
        double took = (System.nanoTime() - begin) / 1e9;
        talk.cancel(false);
        int count;
        synchronized (sent) {
            count = sent.size();
        }
        for (SocketClient socket : watching) {
            socket.awaitFrame(
                    frame -> frame.path("data").path("content").asText().equals("Nr. " + (count - 1)));
        }

        int free = CAPACITY - WATCHERS - 1;
        assertThat(outcomes).isEqualTo(Map.of("201", (long) free, "409 room-full", (long) PEOPLE - free));
        assertThat(rest.get(gateways.getLast(), "/rooms/" + room, owner)
                        .expect(200)
                        .body()
                        .path("memberCount")
                        .asInt())
                .isEqualTo(CAPACITY);
        List<Long> delays = watching.stream()
                .flatMap(socket -> delays(socket, room, sent, before).stream())
                .sorted()
                .toList();
        System.out.printf(
                "Join storm: %d asked within %.1f s, %d came in; %d deliveries meanwhile, delays p50 %d ms, p99 %d ms,"
                        + " most %d ms%n",
                PEOPLE,
                took,
                free,
                delays.size(),
                delays.get(delays.size() / 2),
                delays.get(delays.size() * 99 / 100),
                delays.getLast());
        assertThat(delays).hasSize((count - before) * WATCHERS);
        assertThat(delays.getLast()).isLessThanOrEqualTo(LONGEST_DELAY.toMillis());
    }

    private String room(URI gateway, RestClient.Account owner, List<RestClient.Account> members) {
        List<String> ids = members.stream().map(RestClient.Account::id).toList();
        return rest.post(gateway, "/rooms", owner, Map.of("name", "Storm", "capacity", CAPACITY, "memberIds", ids))
                .expect(201)
                .body()
                .path("id")
                .asText();
    }

    /** All ask at once; counts how they were answered. */
    private Map<String, Long> storm(List<URI> gateways, String room, List<RestClient.Account> crowd) {
        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (RestClient.Account person : crowd) {
            asked.add(join(gateways.get(asked.size() % 2), room, person));
        }
        return asked.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** The status, and the code if it was refused. Asked without a thread for each: the storm is the server's. */
    private CompletableFuture<String> join(URI gateway, String room, RestClient.Account person) {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/rooms/" + room + "/join"))
                .header("Authorization", "Bearer " + person.accessToken())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return rest.http()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .orTimeout(60, TimeUnit.SECONDS)
                .thenApply(response ->
                        response.statusCode() + (response.body().contains("room-full") ? " room-full" : ""));
    }

    /** How long each message took from its sending to somebody who watches, in ms. */
    private static List<Long> delays(SocketClient socket, String room, List<Long> sent, int from) {
        List<Long> delays = new ArrayList<>();
        for (SocketClient.Heard heard : socket.heard()) {
            JsonNode message = heard.frame().path("data");
            String content = message.path("content").asText();
            if (heard.frame().path("event").asText().equals("newMessage")
                    && message.path("roomId").asText().equals(room)
                    && content.startsWith("Nr. ")) {
                int number = Integer.parseInt(content.substring("Nr. ".length()));
                if (number >= from) {
                    delays.add((heard.nanos() - sent.get(number)) / 1_000_000);
                }
            }
        }
        return delays;
    }
}
