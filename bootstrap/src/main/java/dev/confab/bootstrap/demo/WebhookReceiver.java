package dev.confab.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.confab.bootstrap.webhook.WebhookSignature;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The other side of a webhook, for trying it out: checks each request as a host product should, and tells of it in one
 * line. Listens on this machine alone.
 */
public final class WebhookReceiver implements AutoCloseable {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final int REMEMBERED = 10_000;

    private final WebhookSignature signature;
    private final Clock clock;
    private final Consumer<JsonNode> listener;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> known = new LinkedHashSet<>();

    private WebhookReceiver(WebhookSignature signature, Clock clock, Consumer<JsonNode> listener, HttpServer server) {
        this.signature = signature;
        this.clock = clock;
        this.listener = listener;
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param port 0: any free one
     * @param listener hears of each notification once, however often it comes; called on any thread
     * @throws IOException when the port cannot be had
     */
    public static WebhookReceiver start(int port, String secret, Clock clock, Consumer<JsonNode> listener)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        WebhookReceiver receiver = new WebhookReceiver(new WebhookSignature(secret), clock, listener, server);
        server.createContext("/", receiver::answer);
        server.setExecutor(receiver.threads);
        server.start();
        return receiver;
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status(exchange), -1);
        }
    }

    private int status(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return 405;
        }
        byte[] body;
        try (InputStream input = exchange.getRequestBody()) {
            body = input.readNBytes(LARGEST_BODY + 1);
        }
        if (body.length > LARGEST_BODY) {
            return 413;
        }
        boolean genuine = signature.verify(
                exchange.getRequestHeaders().getFirst(WebhookSignature.TIMESTAMP),
                exchange.getRequestHeaders().getFirst(WebhookSignature.SIGNATURE),
                body,
                clock.instant());
        if (!genuine) {
            return 401;
        }
        JsonNode notification = Api.JSON.readTree(body);
        if (isNew(notification.path("id").asText())) {
            listener.accept(notification);
        }
        return 204;
    }

    /** A notification may come more than once, and is known by its id. */
    private synchronized boolean isNew(String id) {
        boolean added = known.add(id);
        if (known.size() > REMEMBERED) {
            known.remove(known.iterator().next());
        }
        return added;
    }

    /** A notification in one line. */
    public static String line(JsonNode notification) {
        return "for %s: %s%s wrote %s%s"
                .formatted(
                        notification.path("userId").asText(),
                        notification.path("senderName").asText(),
                        notification.hasNonNull("roomName")
                                ? " in \"" + notification.path("roomName").asText() + "\""
                                : "",
                        notification.hasNonNull("preview")
                                ? "\"" + oneLine(notification.path("preview").asText()) + "\""
                                : "something of type "
                                        + notification.path("type").asText(),
                        notification.path("mentioned").asBoolean() ? " (mentioned)" : "");
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return line.toString();
    }

    /** Answers nothing more. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
