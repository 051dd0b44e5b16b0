package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.bootstrap.node.FragileNotifier;
import dev.confab.bootstrap.webhook.MoodyReceiver;
import dev.confab.bootstrap.webhook.WebhookSignature;
import dev.confab.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People on two gateways who have not read, two notifiers, and the webhook that tells them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationsIT {

    private static final String SECRET = "a secret for webhooks of tests, long enough";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MoodyReceiver receiver = MoodyReceiver.start();
    private final Installation installation = new Installation()
            .with("CONFAB_WEBHOOK_URL", receiver.url().toString())
            .with("CONFAB_WEBHOOK_SECRET", SECRET)
            .with("CONFAB_NOTIFY_AFTER", "2s");
    private final RestClient rest = new RestClient();
    private List<URI> gateways = List.of();

    @BeforeAll
    void start() throws IOException {
        gateways = Installation.urls(installation.start(2, "gateway"));
        installation.start(1, "worker");
    }

    @AfterAll
    void stop() {
        installation.close();
        receiver.close();
    }

    /** What the webhook took, all of it genuine. */
    private List<JsonNode> told(String room) {
        return receiver.requests().stream()
                .map(NotificationsIT::genuine)
                .filter(notification -> notification.path("roomId").asText().equals(room))
                .toList();
    }

    private static JsonNode genuine(MoodyReceiver.Request request) {
        Map<String, String> headers = request.headers();
        assertThat(new WebhookSignature(SECRET)
                        .verify(
                                headers.get("x-confab-timestamp"),
                                headers.get("x-confab-signature"),
                                request.body(),
                                Instant.now()))
                .isTrue();
        try {
            JsonNode notification = RestClient.JSON.readTree(request.body());
            assertThat(headers.get("idempotency-key"))
                    .isEqualTo(notification.path("id").asText());
            return notification;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String say(URI server, RestClient.Account sender, String room, String text) {
        return rest.post(
                        server,
                        "/rooms/" + room + "/messages?wait=persisted",
                        sender,
                        RestClient.message(UUID.randomUUID().toString(), text))
                .expect(201)
                .body()
                .path("id")
                .asText();
    }

    private static String key(JsonNode notification) {
        return notification.path("preview").asText() + " for "
                + notification.path("userId").asText();
    }

    @Test
    void whoHasNotReadIsToldAsTheLevelSaysWhicheverNotifierFindsIt() throws IOException {
        List<ServerProcess> notifiers = installation.start(2, "notifier");
        RestClient.Account kim = rest.register(gateways.get(0), "Kim");
        RestClient.Account lee = rest.register(gateways.get(1), "Lee");
        RestClient.Account reader = rest.register(gateways.get(0), "Reader");
        RestClient.Account mentioned = rest.register(gateways.get(1), "Mentioned");
        RestClient.Account nothing = rest.register(gateways.get(1), "Nothing");
        String room = rest.createRoom(gateways.get(0), kim, List.of(lee, reader, mentioned, nothing));
        level(mentioned, room, "MENTIONS");
        level(nothing, room, "NONE");
        receiver.answer(MoodyReceiver.status(500));

        say(gateways.get(0), kim, room, "first");
        String second = say(gateways.get(1), kim, room, "second @Mentioned @Nothing");
        rest.post(gateways.get(1), "/rooms/" + room + "/read", reader, Map.of("lastReadMessageId", second))
                .expect(200);
        String regretted = say(gateways.get(1), kim, room, "regretted");
        rest.call("DELETE", gateways.get(0), "/rooms/" + room + "/messages/" + regretted, kim, null)
                .expect(202);
        Eventually.holdsWithin(PATIENCE, () -> assertThat(receiver.requests()).isNotEmpty());
        receiver.answer(MoodyReceiver.status(204));
        say(gateways.get(0), kim, room, "last");

        Set<String> expected = Set.of(
                "first for " + lee.id(),
                "second @Mentioned @Nothing for " + lee.id(),
                "second @Mentioned @Nothing for " + mentioned.id(),
                "last for " + lee.id(),
                "last for " + reader.id());
        Eventually.holdsWithin(
                PATIENCE,
                () -> assertThat(told(room).stream().map(NotificationsIT::key)).containsAll(expected));
        assertThat(told(room).stream().map(NotificationsIT::key)).allMatch(expected::contains);
        assertThat(told(room).stream().filter(each -> each.path("mentioned").asBoolean()))
                .isNotEmpty()
                .allMatch(each -> each.path("userId").asText().equals(mentioned.id()));
        for (ServerProcess notifier : notifiers) {
            notifier.terminate();
            assertThat(notifier.awaitExit(15)).isZero();
        }
    }

    private void level(RestClient.Account member, String room, String level) {
        rest.call("PUT", gateways.get(0), "/rooms/" + room + "/notifications", member, Map.of("level", level))
                .expect(204);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsForgottenWhenANotifierIsKilled(FragileNotifier.Point point) throws IOException {
        RestClient.Account kim = rest.register(gateways.get(0), "Kim");
        RestClient.Account lee = rest.register(gateways.get(1), "Lee");
        RestClient.Account ada = rest.register(gateways.get(1), "Ada");
        String room = rest.createRoom(gateways.get(0), kim, List.of(lee, ada));
        ServerProcess fragile = installation.startMain(FragileNotifier.class.getName(), point.name(), "5");
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            String text = "Nr. " + i;
            say(gateways.get(i % 2), kim, room, text);
            expected.add(text + " for " + lee.id());
            expected.add(text + " for " + ada.id());
        }
        assertThat(fragile.awaitExit(60)).isEqualTo(137);

        ServerProcess notifier = installation.start(1, "notifier").getFirst();
        Eventually.holdsWithin(
                PATIENCE,
                () -> assertThat(told(room).stream().map(NotificationsIT::key)).containsAll(expected));
        assertThat(told(room).stream().map(NotificationsIT::key)).allMatch(expected::contains);
        assertThat(told(room).stream().map(each -> each.path("id").asText()).distinct())
                .hasSameSizeAs(expected);
        notifier.terminate();
        assertThat(notifier.awaitExit(15)).isZero();
    }
}
