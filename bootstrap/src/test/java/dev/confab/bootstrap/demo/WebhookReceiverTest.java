package dev.confab.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.bootstrap.webhook.WebhookNotifier;
import dev.confab.bootstrap.webhook.WebhookSettings;
import dev.confab.chat.model.Notification;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Notifier.Handover;
import dev.confab.testkit.BusExamples;
import dev.confab.testkit.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class WebhookReceiverTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final MutableClock clock = new MutableClock();
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final Notification notification = BusExamples.notification(UserId.random(), 2);

    private WebhookNotifier notifier(URI url, String secret) {
        return new WebhookNotifier(
                new WebhookSettings(url, secret, Duration.ofSeconds(10)), clock, new SimpleMeterRegistry());
    }

    @Test
    void aGenuineNotificationIsHeardOnceHoweverOftenItComes() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start(0, SECRET, clock, heard::add);
                WebhookNotifier notifier = notifier(receiver.url(), SECRET)) {
            assertThat(notifier.send(notification)).isEqualTo(new Handover.Taken());
            assertThat(notifier.send(notification)).isEqualTo(new Handover.Taken());
            assertThat(heard).hasSize(1);
            assertThat(WebhookReceiver.line(heard.getFirst()))
                    .isEqualTo("for " + notification.userId() + ": Kim 김 wrote \"안녕 👋 2\" (mentioned)");
        }
    }

    @Test
    void whatIsNotSignedWithTheSecretIsRefused() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start(0, SECRET, clock, heard::add);
                WebhookNotifier stranger = notifier(receiver.url(), SECRET + "x")) {
            assertThat(stranger.send(notification)).isEqualTo(new Handover.Refused("the webhook answered 401"));
            HttpResponse<Void> got = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(receiver.url()).build(), HttpResponse.BodyHandlers.discarding());
            assertThat(got.statusCode()).isEqualTo(405);
            assertThat(heard).isEmpty();
        }
    }
}
