package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Limits, banned words and the ends of logins hold on all gateways together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SafetyIT {

    private static final int BURST = 20;
    private static final int MOST_SESSIONS = 4;

    private final Installation installation = new Installation();
    private final RestClient rest = new RestClient();
    private List<URI> gateways = List.of();

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path words = Files.writeString(folder.resolve("words.txt"), "darn");
        installation
                .with("CONFAB_LIMIT_MESSAGES", "1/h burst " + BURST)
                .with("CONFAB_LIMIT_LOGIN_FAILURES", "1/h burst 3")
                .with("CONFAB_SESSIONS_PER_USER", String.valueOf(MOST_SESSIONS))
                .with("CONFAB_BANNED_WORDS_FILE", words.toString());
        gateways = Installation.urls(installation.start(2, "serve"));
    }

    @AfterAll
    void stop() {
        installation.close();
    }

    private JsonNode send(SocketClient socket, String room, String text) {
        return socket.send(room, UUID.randomUUID().toString(), text).join();
    }

    @Test
    void sendsAreCountedOnAllGatewaysTogether() {
        RestClient.Account kim = rest.register(gateways.get(0), "Kim");
        String room = rest.createRoom(gateways.get(0), kim, List.of());
        SocketClient here = SocketClient.connect(rest, gateways.get(0), kim);
        SocketClient elsewhere = SocketClient.connect(rest, gateways.get(1), kim);
        for (int i = 0; i < BURST; i++) {
            assertThat(send(here, room, "Nr. " + i).path("status").asText()).isEqualTo("ACCEPTED");
        }

        // A few may pass until this gateway has heard of the other one's; never a burst of its own.
        for (int i = 0; i < BURST / 2; i++) {
            send(elsewhere, room, "More");
        }
        Eventually.holds(
                () -> assertThat(send(elsewhere, room, "Too much").path("code").asText())
                        .isEqualTo("rate-limited"));
        assertThat(elsewhere.events("messageAccepted").size()).isLessThan(BURST / 2);
    }

    @Test
    void wrongPasswordsAreCountedOnAllGatewaysTogether() {
        RestClient.Account kim = rest.register(gateways.get(0), "Kim");
        Map<String, String> wrong = Map.of("email", kim.email(), "password", "wrong horse");
        for (int i = 0; i < 3; i++) {
            rest.post(gateways.get(i % 2), "/auth/login", null, wrong).expect(401);
        }

        for (URI gateway : gateways) {
            rest.post(gateway, "/auth/login", null, wrong).expect(429);
        }
    }

    @Test
    void aRefreshTokenThatIsSpentTwiceEndsTheSocketsOnEveryGateway() {
        RestClient.Account kim = rest.register(gateways.get(0), "Kim");
        List<SocketClient> sockets = gateways.stream()
                .map(gateway -> SocketClient.connect(rest, gateway, kim))
                .toList();
        Map<String, String> spent = Map.of("refreshToken", kim.refreshToken());
        rest.post(gateways.get(0), "/auth/refresh", null, spent).expect(200);

        rest.post(gateways.get(1), "/auth/refresh", null, spent).expect(401);

        sockets.forEach(socket -> assertThat(socket.awaitClose()).isEqualTo(4401));
        gateways.forEach(gateway -> Eventually.holds(
                () -> assertThat(rest.get(gateway, "/users/me", kim).status()).isEqualTo(401)));
    }

    @Test
    void theOldestSessionOfAUserGoesOnWhicheverGatewayItIs() {
        RestClient.Account kim = rest.register(gateways.get(0), "Kim");
        List<SocketClient> sockets = new ArrayList<>();
        for (int i = 0; i < MOST_SESSIONS; i++) {
            sockets.add(SocketClient.connect(rest, gateways.get(i % 2), kim));
        }

        SocketClient newest = SocketClient.connect(rest, gateways.get(1), kim);

        assertThat(sockets.getFirst().awaitClose()).isEqualTo(4409);
        assertThat(newest.ask("heartbeat", Map.of()).join().path("success").asBoolean())
                .isTrue();
        assertThat(sockets.get(1)
                        .ask("heartbeat", Map.of())
                        .join()
                        .path("success")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aBannedWordIsRefusedEverywhere() {
        RestClient.Account kim = rest.register(gateways.get(0), "Kim");
        String room = rest.createRoom(gateways.get(0), kim, List.of());
        for (URI gateway : gateways) {
            JsonNode problem = rest.post(
                            gateway,
                            "/rooms/" + room + "/messages",
                            kim,
                            RestClient.message(UUID.randomUUID().toString(), "Darn."))
                    .expect(400)
                    .body();
            assertThat(problem.path("errors").get(0).path("rule").asText()).isEqualTo("banned-word");
        }
    }

    @Test
    void peopleFindEachOtherByName() {
        RestClient.Account kim = rest.register(gateways.get(0), "Zebulon");
        RestClient.Account lee = rest.register(gateways.get(1), "Lee");

        JsonNode found =
                rest.get(gateways.get(1), "/users?q=zebu", lee).expect(200).body();

        assertThat(found.path("items").size()).isEqualTo(1);
        assertThat(found.path("items").get(0).path("id").asText()).isEqualTo(kim.id());
    }
}
