package dev.confab.bootstrap.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that writes down every frame in order. Safe on any thread. */
final class SocketClient implements WebSocket.Listener {

    private static final long PATIENCE_SECONDS = 60;

    private final StringBuilder text = new StringBuilder();
    private final List<JsonNode> frames = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final Map<Predicate<List<JsonNode>>, CompletableFuture<Void>> waiting = new HashMap<>();
    private final Map<String, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger refs = new AtomicInteger();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

    private SocketClient(HttpClient http, URI server, @Nullable String token) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        socket = builder.buildAsync(URI.create(server.toString().replaceFirst("^http", "ws") + "/ws"), this)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Connects and waits for the greeting. */
    static SocketClient connect(RestClient rest, URI server, RestClient.Account account) {
        SocketClient client = new SocketClient(rest.http(), server, account.accessToken());
        client.awaitFrame(frame -> frame.path("event").asText().equals("connected"));
        return client;
    }

    /** Connects and waits until it is greeted or sent away. */
    static SocketClient knock(RestClient rest, URI server, RestClient.Account account) {
        SocketClient client = new SocketClient(rest.http(), server, account.accessToken());
        client.awaitFrame(frame -> frame.path("event").asText().matches("connected|goAway"));
        return client;
    }

    /** Sends an event; the future completes with the data of the answer. */
    CompletableFuture<JsonNode> ask(String event, Map<String, ?> data) {
        String ref = "r" + refs.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(ref, answer);
        try {
            String frame = RestClient.JSON.writeValueAsString(Map.of("event", event, "ref", ref, "data", data));
            synchronized (socket) {
                // The JDK's client takes one send at a time.
                lastSend = lastSend.handle((done, fault) -> true).thenCompose(done -> socket.sendText(frame, true));
                lastSend.exceptionally(fault -> {
                    answer.completeExceptionally(fault);
                    return null;
                });
            }
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Sends an event that has no answer. */
    void tell(String event, Map<String, ?> data) {
        var unused = ask(event, data);
    }

    JsonNode join(String room) {
        return ask("joinRoom", Map.of("roomId", room)).join();
    }

    JsonNode resume(String room, long lastSeq) {
        return ask("joinRoom", Map.of("roomId", room, "lastSeq", lastSeq)).join();
    }

    CompletableFuture<JsonNode> send(String room, String clientMsgId, String content) {
        return ask(
                "sendMessage", Map.of("roomId", room, "clientMsgId", clientMsgId, "type", "TEXT", "content", content));
    }

    /** A frame and when it came, by {@link System#nanoTime()}. */
    record Heard(JsonNode frame, long nanos) {}

    /** All frames so far. */
    List<Heard> heard() {
        synchronized (frames) {
            return IntStream.range(0, frames.size())
                    .mapToObj(i -> new Heard(frames.get(i), times.get(i)))
                    .toList();
        }
    }

    /** The data of all events of that name so far. */
    List<JsonNode> events(String name) {
        synchronized (frames) {
            return frames.stream()
                    .filter(frame -> frame.path("event").asText().equals(name))
                    .map(frame -> frame.path("data"))
                    .toList();
        }
    }

    /** When the last such frame was heard, in the time of {@link System#nanoTime()}; empty when there was none. */
    OptionalLong lastHeardAt(Predicate<JsonNode> which) {
        synchronized (frames) {
            for (int i = frames.size() - 1; i >= 0; i--) {
                if (which.test(frames.get(i))) {
                    return OptionalLong.of(times.get(i));
                }
            }
            return OptionalLong.empty();
        }
    }

    /** The new messages of one room so far. */
    List<JsonNode> messages(String room) {
        return events("newMessage").stream()
                .filter(message -> message.path("roomId").asText().equals(room))
                .toList();
    }

    void awaitMessages(String room, int count) {
        await(all -> all.stream()
                        .filter(frame -> frame.path("event").asText().equals("newMessage")
                                && frame.path("data").path("roomId").asText().equals(room))
                        .count()
                >= count);
    }

    void awaitFrame(Predicate<JsonNode> which) {
        await(all -> all.stream().anyMatch(which));
    }

    private void await(Predicate<List<JsonNode>> condition) {
        CompletableFuture<Void> met = new CompletableFuture<>();
        synchronized (frames) {
            if (condition.test(frames)) {
                return;
            }
            waiting.put(condition, met);
        }
        try {
            met.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException late) {
            synchronized (frames) {
                throw new AssertionError(
                        "It did not come. Heard " + frames.size() + " frames, the last: "
                                + frames.subList(Math.max(0, frames.size() - 5), frames.size()),
                        late);
            }
        }
    }

    /** The code with which the connection ended, or 1006 when it broke. */
    int awaitClose() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Breaks the connection without a word. */
    void abort() {
        socket.abort();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            try {
                hear(RestClient.JSON.readTree(text.toString()));
            } catch (JsonProcessingException malformed) {
                throw new AssertionError("No JSON: " + text, malformed);
            }
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    private void hear(JsonNode frame) {
        List<CompletableFuture<Void>> met = new ArrayList<>();
        synchronized (frames) {
            frames.add(frame);
            times.add(System.nanoTime());
            waiting.entrySet().removeIf(entry -> {
                boolean holds = entry.getKey().test(frames);
                if (holds) {
                    met.add(entry.getValue());
                }
                return holds;
            });
        }
        met.forEach(future -> future.complete(null));
        if (frame.hasNonNull("ref")) {
            CompletableFuture<JsonNode> answer =
                    answers.remove(frame.path("ref").asText());
            if (answer != null) {
                answer.complete(frame.path("data"));
            }
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(1006);
    }
}
