package dev.confab.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The story of somebody who is away: Kim mentions Lee, who is not connected; some time later Lee's notification arrives
 * at the webhook.
 */
public final class WebhookDemo implements Consumer<JsonNode> {

    private final URI server;
    private final Duration patience;
    private final PrintWriter out;
    private final CompletableFuture<JsonNode> told = new CompletableFuture<>();
    private volatile String lee = "";

    /**
     * @param server a gateway
     * @param patience how long the server may be away, and how long Lee's notification may take
     */
    public WebhookDemo(URI server, Duration patience, PrintWriter out) {
        this.server = server;
        this.patience = patience;
        this.out = out;
    }

    /** A notification arrived. Safe on any thread. */
    @Override
    public void accept(JsonNode notification) {
        say("  " + WebhookReceiver.line(notification));
        if (notification.path("userId").asText().equals(lee)) {
            told.complete(notification);
        }
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /**
     * Runs it. Blocks.
     *
     * @throws DemoFailure when the server is away, or Lee's notification does not come
     */
    public void run() {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        Api api = new Api(http, server, patience);
        Person kim = new Person(api, http, "Kim");
        Person away = new Person(api, http, "Lee");
        lee = away.id;
        String room = api.post("/rooms", kim.token(), Map.of("name", "Demo", "memberIds", List.of(away.id)))
                .path("id")
                .asText();
        Map<String, String> message =
                Map.of("clientMsgId", UUID.randomUUID().toString(), "type", "TEXT", "content", "Noon, @Lee?");
        api.post("/rooms/" + room + "/messages?wait=persisted", kim.token(), message);
        long begin = System.nanoTime();
        say("Kim wrote to Lee, who is away. After CONFAB_NOTIFY_AFTER (30 s) Lee is told, here:");
        try {
            JsonNode unused = told.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new DemoFailure("nothing came within " + patience.toSeconds()
                    + " s; does Confab know of this webhook? See above how to start it");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", interrupted);
        } catch (ExecutionException never) {
            throw new DemoFailure("failed", never);
        }
        say("Lee was told %.1f s after Kim wrote. More that arrives is shown; Ctrl-C ends it."
                .formatted((System.nanoTime() - begin) / 1e9));
    }
}
