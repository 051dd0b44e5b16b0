package dev.confab.bootstrap.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A host product's own service that answers as it is told. */
public final class MoodyReceiver implements AutoCloseable {

    /** What came: UTF-8, with the names of the headers in lower case. */
    public record Request(Map<String, String> headers, String text) {

        /** The body as it came. */
        public byte[] body() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** How it answers. */
    @FunctionalInterface
    public interface Mood {
        /** Answers a request; the exchange is closed for it. */
        void answer(HttpExchange exchange, Request request) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Mood mood = status(204);

    private MoodyReceiver(HttpServer server) {
        this.server = server;
    }

    /** One that takes everything. */
    public static MoodyReceiver start() {
        try {
            MoodyReceiver receiver =
                    new MoodyReceiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            receiver.server.createContext("/", receiver::handle);
            receiver.server.setExecutor(receiver.threads);
            receiver.server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers with a status and no body. */
    public static Mood status(int status) {
        return (exchange, request) -> exchange.sendResponseHeaders(status, -1);
    }

    /** Never answers, while it is open. */
    public Mood silence() {
        return (exchange, request) -> hang();
    }

    /** Begins an answer and never ends it, while it is open. */
    public Mood endlessAnswer() {
        return (exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hang();
        };
    }

    private void hang() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Changes how it answers. */
    public void answer(Mood next) {
        mood = next;
    }

    /** What came so far. */
    public List<Request> requests() {
        return requests;
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/hooks/chat?product=7");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
            Request request =
                    new Request(headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            mood.answer(exchange, request);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
