package dev.confab.bootstrap.config;

import dev.confab.bootstrap.webhook.WebhookSettings;
import dev.confab.bootstrap.webhook.WebhookSignature;
import dev.confab.chat.model.NotificationSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads when and where people are told of messages. */
final class WebhookReader {

    static final String URL = "CONFAB_WEBHOOK_URL";
    static final String SECRET = "CONFAB_WEBHOOK_SECRET";

    private static final String EXPECTED_URL = "http://host/path or https://host/path";
    private static final String EXPECTED_SECRET = "a secret of at least " + WebhookSignature.MIN_SECRET_BYTES
            + " bytes that only your servers and the receiver know";

    private WebhookReader() {}

    /** Where nobody receives notifications, nobody need look for them. */
    static String usualRoles(Settings settings) {
        return settings.find(URL) == null ? "gateway,worker" : "gateway,worker,notifier";
    }

    static NotificationSettings notifications(Settings settings) {
        NotificationSettings defaults = NotificationSettings.defaults();
        return new NotificationSettings(
                settings.duration("CONFAB_NOTIFY_AFTER", defaults.after(), Duration.ZERO),
                settings.number("CONFAB_WEBHOOK_ATTEMPTS", defaults.attempts(), 1, 20),
                defaults.firstPause(),
                defaults.longestPause());
    }

    static @Nullable WebhookSettings webhook(Settings settings) {
        Duration timeout = settings.duration("CONFAB_WEBHOOK_TIMEOUT", Duration.ofSeconds(10), Duration.ofSeconds(1));
        String url = settings.find(URL);
        String secret = settings.find(SECRET);
        if (url == null) {
            return null;
        }
        if (secret == null) {
            settings.problem(SECRET, "nothing", EXPECTED_SECRET);
            return null;
        }
        int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < WebhookSignature.MIN_SECRET_BYTES) {
            settings.problem(SECRET, "one of " + bytes + " bytes", EXPECTED_SECRET);
        }
        return new WebhookSettings(url(settings, url), secret, timeout);
    }

    private static URI url(Settings settings, String value) {
        try {
            URI url = new URI(value);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // Told below. The value is not shown: it may hold a token.
        }
        settings.problem(URL, "another kind of text", EXPECTED_URL);
        return URI.create("http://localhost");
    }
}
