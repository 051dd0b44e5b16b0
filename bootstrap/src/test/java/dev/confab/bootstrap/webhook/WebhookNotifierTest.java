package dev.confab.bootstrap.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.model.Notification;
import dev.confab.chat.model.NotificationId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Notifier;
import dev.confab.chat.port.out.Notifier.Handover;
import dev.confab.testkit.BusExamples;
import dev.confab.testkit.MutableClock;
import dev.confab.testkit.NotifierContract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookNotifierTest implements NotifierContract {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final MutableClock clock = new MutableClock();
    private final MoodyReceiver receiver = MoodyReceiver.start();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final WebhookNotifier notifier = notifier(receiver.url(), Duration.ofSeconds(10));
    private final Notification notification = BusExamples.notification(UserId.random(), 2);

    private WebhookNotifier notifier(URI url, Duration timeout) {
        return new WebhookNotifier(new WebhookSettings(url, SECRET, timeout), clock, meters);
    }

    @AfterEach
    void close() {
        notifier.close();
        receiver.close();
    }

    @Override
    public Notifier notifier() {
        return notifier;
    }

    @Override
    public List<NotificationId> taken() {
        return receiver.requests().stream()
                .map(request ->
                        NotificationId.parse(json(request).path("id").asText()).orElseThrow())
                .toList();
    }

    private static JsonNode json(MoodyReceiver.Request request) {
        try {
            return new ObjectMapper().readTree(request.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theBodySaysWhoIsToBeToldOfWhat() {
        notifier.send(notification);
        MoodyReceiver.Request request = receiver.requests().getFirst();
        assertThat(request.text())
                .isEqualTo("{\"id\":\"" + notification.id() + "\",\"userId\":\"" + notification.userId()
                        + "\",\"roomId\":\"" + notification.roomId() + "\",\"roomName\":null,\"messageId\":\""
                        + notification.messageId() + "\",\"seq\":2,\"senderId\":\"" + notification.senderId()
                        + "\",\"senderName\":\"Kim 김\",\"type\":\"TEXT\",\"preview\":\"안녕 👋 2\",\"mentioned\":true,"
                        + "\"createdAt\":\"2026-02-24T06:00:00.123Z\",\"traceId\":\"" + notification.traceId()
                        + "\"}");
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("idempotency-key", notification.id().toString());
    }

    @Test
    void theSignatureCoversTheTimeAndTheBody() {
        notifier.send(notification);
        MoodyReceiver.Request request = receiver.requests().getFirst();
        String timestamp = request.headers().get("x-confab-timestamp");
        String signature = request.headers().get("x-confab-signature");
        assertThat(timestamp).isEqualTo(Long.toString(clock.instant().getEpochSecond()));

        WebhookSignature ours = new WebhookSignature(SECRET);
        assertThat(ours.verify(timestamp, signature, request.body(), clock.instant()))
                .isTrue();
        byte[] forged = request.body();
        forged[10]++;
        assertThat(ours.verify(timestamp, signature, forged, clock.instant())).isFalse();
        String later = Long.toString(clock.instant().getEpochSecond() + 1);
        assertThat(ours.verify(later, signature, request.body(), clock.instant()))
                .isFalse();
        assertThat(ours.verify(null, signature, request.body(), clock.instant()))
                .isFalse();
        assertThat(ours.verify(timestamp, null, request.body(), clock.instant()))
                .isFalse();
        assertThat(ours.verify("soon", signature, request.body(), clock.instant()))
                .isFalse();
        assertThat(new WebhookSignature(SECRET.toUpperCase(Locale.ROOT))
                        .verify(timestamp, signature, request.body(), clock.instant()))
                .isFalse();
        clock.advance(Duration.ofMinutes(6));
        assertThat(ours.verify(timestamp, signature, request.body(), clock.instant()))
                .isFalse();
    }

    @Test
    void theSignatureIsTheOneThatOthersMakeOfTheSame() {
        // printf '1771912800.{"id":"a"}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        assertThat(new WebhookSignature(SECRET).sign("1771912800", "{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1=62693be45dfd1142c30ba29c509f68707e20c03d05a47af511246b6d5ac4915d");
    }

    @Test
    void aRepeatHasTheSameKeyAndAnotherDelivery() {
        notifier.send(notification);
        notifier.send(notification);
        List<MoodyReceiver.Request> requests = receiver.requests();
        assertThat(requests.get(0).headers().get("idempotency-key"))
                .isEqualTo(requests.get(1).headers().get("idempotency-key"));
        assertThat(requests.get(0).headers().get("x-confab-delivery"))
                .isNotEqualTo(requests.get(1).headers().get("x-confab-delivery"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void anAnswerThatMayChangeAsksForAnotherAttempt(int status) {
        receiver.answer(MoodyReceiver.status(status));
        assertThat(notifier.send(notification)).isEqualTo(new Handover.NotNow("the webhook answered " + status, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 404, 410})
    void anAnswerThatWillNotChangeRefuses(int status) {
        receiver.answer((exchange, request) -> {
            exchange.getResponseHeaders().set("Location", receiver.url().toString());
            exchange.sendResponseHeaders(status, -1);
        });
        assertThat(notifier.send(notification)).isEqualTo(new Handover.Refused("the webhook answered " + status));
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void theOtherSideMayAskForAPause() {
        receiver.answer((exchange, request) -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            exchange.sendResponseHeaders(503, -1);
        });
        assertThat(notifier.send(notification))
                .isEqualTo(new Handover.NotNow("the webhook answered 503", Duration.ofSeconds(7)));
        receiver.answer((exchange, request) -> {
            exchange.getResponseHeaders().set("Retry-After", "Tue, 24 Feb 2026 06:01:00 GMT");
            exchange.sendResponseHeaders(429, -1);
        });
        assertThat(((Handover.NotNow) notifier.send(notification)).pause())
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
    }

    @Test
    void anAnswerThatNeverComesOrNeverEndsIsNotWaitedFor() {
        try (WebhookNotifier impatient = notifier(receiver.url(), Duration.ofMillis(300))) {
            receiver.answer(receiver.silence());
            assertThat(impatient.send(notification)).isInstanceOf(Handover.NotNow.class);
            receiver.answer(receiver.endlessAnswer());
            assertThat(impatient.send(notification)).isInstanceOf(Handover.NotNow.class);
        }
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void nobodyThereAsksForAnotherAttempt() {
        URI url = receiver.url();
        receiver.close();
        try (WebhookNotifier other = notifier(url, Duration.ofSeconds(5))) {
            assertThat(other.send(notification)).isInstanceOf(Handover.NotNow.class);
        }
    }

    @Test
    void attemptsAreCountedByTheirOutcome() {
        notifier.send(notification);
        receiver.answer(MoodyReceiver.status(500));
        notifier.send(notification);
        notifier.send(notification);
        receiver.answer(MoodyReceiver.status(400));
        notifier.send(notification);
        assertThat(attempts("taken")).isEqualTo(1);
        assertThat(attempts("not-now")).isEqualTo(2);
        assertThat(attempts("refused")).isEqualTo(1);
    }

    private long attempts(String outcome) {
        return meters.get("confab.webhook.attempts")
                .tag("outcome", outcome)
                .timer()
                .count();
    }
}
