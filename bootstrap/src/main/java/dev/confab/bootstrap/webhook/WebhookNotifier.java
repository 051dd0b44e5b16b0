package dev.confab.bootstrap.webhook;

import dev.confab.chat.model.Notification;
import dev.confab.chat.port.out.Notifier;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Posts notifications to a URL. An answer of 2xx takes one; 429, 5xx, a timeout and a broken connection ask for another
 * attempt; any other answer refuses it. Redirections are not followed: what is signed for one address is not sent to
 * another.
 *
 * <p>Safe on any thread. {@link #send} blocks until the answer is there, at most for the timeout.
 */
public final class WebhookNotifier implements Notifier, AutoCloseable {

    /** The header that is the same for each attempt at the same notification. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** The header that is different for each attempt, for the logs of both sides. */
    public static final String DELIVERY = "X-Confab-Delivery";

    private static final int TOO_MANY = 429;

    private final WebhookSettings settings;
    private final WebhookSignature signature;
    private final Clock clock;
    private final MeterRegistry meters;
    private final HttpClient http;

    /** @param clock dates the requests */
    public WebhookNotifier(WebhookSettings settings, Clock clock, MeterRegistry meters) {
        this.settings = settings;
        this.signature = new WebhookSignature(settings.secret());
        this.clock = clock;
        this.meters = meters;
        // HTTP/1.1: not every small server understands the question whether it speaks HTTP/2.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .build();
    }

    @Override
    public Handover send(Notification notification) {
        Timer.Sample begin = Timer.start();
        Handover handover = attempt(request(notification));
        begin.stop(Timer.builder("confab.webhook.attempts")
                .description("Attempts to hand a notification to the webhook")
                .tag("outcome", outcome(handover))
                .register(meters));
        return handover;
    }

    private static String outcome(Handover handover) {
        return switch (handover) {
            case Handover.Taken taken -> "taken";
            case Handover.NotNow notNow -> "not-now";
            case Handover.Refused refused -> "refused";
        };
    }

    private HttpRequest request(Notification notification) {
        byte[] body = WebhookBody.write(notification);
        String timestamp = WebhookSignature.timestamp(clock.instant());
        return HttpRequest.newBuilder(settings.url())
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "confab")
                .header(IDEMPOTENCY_KEY, notification.id().toString())
                .header(DELIVERY, UUID.randomUUID().toString())
                .header(WebhookSignature.TIMESTAMP, timestamp)
                .header(WebhookSignature.SIGNATURE, signature.sign(timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    /** The client's own timeout ends with the head of the answer; a body may be endless, too. */
    private Handover attempt(HttpRequest request) {
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return handover(answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return new Handover.NotNow("no answer within " + settings.timeout().toMillis() + " ms", null);
        } catch (ExecutionException failed) {
            return new Handover.NotNow("no answer: " + oneLine(failed), null);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Handover.NotNow("interrupted", null);
        } finally {
            answer.cancel(true);
        }
    }

    private Handover handover(HttpResponse<Void> answer) {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return new Handover.Taken();
        }
        String reason = "the webhook answered " + status;
        return status == TOO_MANY || status >= 500
                ? new Handover.NotNow(reason, pause(answer))
                : new Handover.Refused(reason);
    }

    /** Retry-After: seconds or a date (RFC 9110 section 10.2.3). */
    private @Nullable Duration pause(HttpResponse<Void> answer) {
        String text = answer.headers().firstValue("Retry-After").orElse("").trim();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration until = Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? null : until;
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    private static String oneLine(ExecutionException failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
