package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway dies, and those who were on it come to the other one at once, which lets one in at a time. */
class ReconnectStormIT {

    private static final int PEOPLE = 200;
    private static final int BEFORE = 20;
    private static final int MISSED = 10;
    private static final int SECONDS = 120;

    private final Installation installation = new Installation();
    private final RestClient rest = new RestClient();
    private final AtomicInteger sentAway = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        installation.close();
    }

    @Test
    void whoIsSentAwayComesBackWhenToldAndMissesNothing() throws Exception {
        installation.with("CONFAB_ADMISSION_AT_ONCE", "1").with("CONFAB_ADMISSION_WAITING", "0");
        List<ServerProcess> gateways = installation.start(2, "gateway");
        installation.start(1, "worker");
        URI dying = gateways.getFirst().url();
        URI staying = gateways.getLast().url();
        List<RestClient.Account> people = installation.people(PEOPLE + 1);
        RestClient.Account owner = people.getFirst();
        List<RestClient.Account> crowd = people.subList(1, people.size());
        String room = rest.createRoom(staying, owner, crowd);
        SocketClient stayed = comeBack(staying, owner);
        stayed.join(room);
        say(stayed, room, BEFORE);
        for (RestClient.Account each : crowd) {
            // What the one before asked may be under way for a moment after it was answered.
            assertThat(comeBack(dying, each).join(room).path("seq").asLong()).isEqualTo(BEFORE);
        }
        sentAway.set(0);

        gateways.getFirst().kill();
        say(stayed, room, MISSED);
        List<CompletableFuture<SocketClient>> coming = crowd.stream()
                .map(each -> CompletableFuture.supplyAsync(() -> comeBack(staying, each), threads))
                .toList();
        List<SocketClient> back = new ArrayList<>();
        for (CompletableFuture<SocketClient> each : coming) {
            back.add(each.get(SECONDS, TimeUnit.SECONDS));
        }
        List<CompletableFuture<JsonNode>> entering = back.stream()
                .map(each -> each.ask("joinRoom", Map.of("roomId", room, "lastSeq", BEFORE)))
                .toList();
        for (CompletableFuture<JsonNode> each : entering) {
            assertThat(each.get(SECONDS, TimeUnit.SECONDS).path("recovered").asBoolean())
                    .isTrue();
        }
        say(stayed, room, 1);

        assertThat(sentAway.get()).isPositive();
        for (SocketClient each : back) {
            each.awaitMessages(room, MISSED + 1);
            assertThat(seqs(each, room))
                    .isEqualTo(LongStream.rangeClosed(BEFORE + 1, BEFORE + MISSED + 1)
                            .boxed()
                            .toList());
        }
        assertThat(seqs(stayed, room))
                .isEqualTo(
                        LongStream.rangeClosed(1, BEFORE + MISSED + 1).boxed().toList());
    }

    private SocketClient comeBack(URI server, RestClient.Account account) {
        while (true) {
            SocketClient client = SocketClient.knock(rest, server, account);
            List<JsonNode> goAway = client.events("goAway");
            if (goAway.isEmpty()) {
                return client;
            }
            assertThat(goAway.getFirst().path("reason").asText()).isEqualTo("overloaded");
            assertThat(client.awaitClose()).isEqualTo(1013);
            sentAway.incrementAndGet();
            long wait = goAway.getFirst().path("reconnectAfterMs").asLong();
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS))
                    .join();
        }
    }

    private static void say(SocketClient speaker, String room, int count) {
        int before = speaker.messages(room).size();
        for (int i = 0; i < count; i++) {
            speaker.send(room, UUID.randomUUID().toString(), "Nr. " + i).join();
        }
        speaker.awaitMessages(room, before + count);
    }

    private static List<Long> seqs(SocketClient client, String room) {
        return client.messages(room).stream()
                .map(message -> message.path("seq").asLong())
                .toList();
    }
}
