package dev.confab.netty.ws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.netty.contract.AsyncApi;
import dev.confab.testkit.Eventually;
import dev.confab.testkit.Heard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stranger's client on a real socket, the JDK's. Every frame it hears is held to {@code docs/asyncapi.yaml}. Used by
 * one test at a time.
 */
final class ChatClient implements WebSocket.Listener, AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Every frame, in its order. */
    private final Heard<JsonNode> all = new Heard<>();
    /** Frames that answer nothing. */
    private final Heard<JsonNode> pushed = new Heard<>();

    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> closeStatus = new CompletableFuture<>();
    private final CompletableFuture<Void> reading = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final AtomicInteger refs = new AtomicInteger();
    private final WebSocket socket;

    private ChatClient(int port, String token, boolean read) {
        if (read) {
            reading.complete(null);
        }
        socket = HTTP.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .subprotocols("confab.v1")
                .buildAsync(URI.create("ws://localhost:" + port + "/ws"), this)
                .join();
    }

    /** Connects and waits for {@code connected}. */
    static ChatClient connect(int port, String token) {
        ChatClient client = new ChatClient(port, token, true);
        client.next("connected");
        return client;
    }

    /** Connects and reads nothing before {@link #beginToRead}. */
    static ChatClient connectWithoutReading(int port, String token) {
        return new ChatClient(port, token, false);
    }

    void beginToRead() {
        reading.complete(null);
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        reading.thenRun(() -> webSocket.request(1));
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            hear(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void hear(String text) {
        try {
            JsonNode frame = JSON.readTree(text);
            all.accept(frame);
            if (frame.has("ref")) {
                answer(frame.path("ref").asInt()).complete(frame);
            } else {
                pushed.accept(frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<JsonNode> answer(int ref) {
        return answers.computeIfAbsent(ref, key -> new CompletableFuture<>());
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeStatus.complete(statusCode);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closeStatus.complete(1006);
    }

    /** Sends a frame and returns its ref. */
    int send(String event, String data) {
        int ref = refs.incrementAndGet();
        sendText("{\"event\":\"" + event + "\",\"ref\":" + ref + ",\"data\":" + data + "}");
        return ref;
    }

    synchronized void sendText(String text) {
        socket.sendText(text, true)
                .orTimeout(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Sends a frame and returns its answer. */
    JsonNode ask(String event, String data) {
        return answerTo(send(event, data));
    }

    /** The answer to a frame that was sent; waits for it. */
    JsonNode answerTo(int ref) {
        return check(answer(ref)
                .orTimeout(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join());
    }

    /** Sends a message and returns the answer. */
    JsonNode say(String roomId, String content) {
        return ask("sendMessage", message(roomId, ClientMessageId.random().toString(), content));
    }

    static String message(String roomId, String clientMsgId, String content) {
        return JSON.createObjectNode()
                .put("roomId", roomId)
                .put("clientMsgId", clientMsgId)
                .put("type", "TEXT")
                .put("content", content)
                .toString();
    }

    static String room(String roomId) {
        return "{\"roomId\":\"" + roomId + "\"}";
    }

    /** The next pushed frame of that event; others are skipped. */
    JsonNode next(String event) {
        return check(pushed.next(frame -> frame.path("event").asText().equals(event)));
    }

    /** The next new message of that type; other frames are skipped. */
    JsonNode nextMessage(String type) {
        JsonNode frame = pushed.next(next -> next.path("event").asText().equals("newMessage")
                && next.path("data").path("type").asText().equals(type));
        return check(frame).path("data");
    }

    /** The next of all frames, answers or pushed, but for news of who has a place, which belong to no order. */
    JsonNode nextOfAll() {
        return check(all.next(frame -> !frame.path("event").asText().equals("memberJoined")));
    }

    /** The next of all frames, whatever it is. */
    JsonNode nextFrame() {
        return check(all.next());
    }

    private static JsonNode check(JsonNode frame) {
        List<String> wrong = AsyncApi.checkServerFrame(frame);
        if (!wrong.isEmpty()) {
            throw new AssertionError(frame + " is not as documented: " + wrong);
        }
        return frame;
    }

    /** Whether the server has not closed yet. */
    boolean isOpen() {
        return !closeStatus.isDone();
    }

    /** The status with which the server closed; waits for it. */
    int closeStatus() {
        return closeStatus
                .orTimeout(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
