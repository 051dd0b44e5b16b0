package dev.confab.bootstrap.webhook;

import java.net.URI;
import java.time.Duration;

/**
 * Where notifications are sent.
 *
 * @param url http or https
 * @param secret at least {@value WebhookSignature#MIN_SECRET_BYTES} bytes in UTF-8; both sides know it
 * @param timeout how long one attempt may take, until the whole answer is there
 */
public record WebhookSettings(URI url, String secret, Duration timeout) {

    /** Hides the secret from logs, and what else a URL may carry. */
    @Override
    public String toString() {
        return "WebhookSettings[" + url.getHost() + "]";
    }
}
