package dev.confab.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account and a WebSocket, who comes back when it breaks, resumes from the last place seen, and sends
 * again, under the same name, what was not acknowledged. That is all a client needs to do.
 */
final class Person {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);
    private static final Duration ANSWER = Duration.ofSeconds(8);

    final String name;
    final String id;
    private final Api api;
    private final HttpClient http;
    private final String token;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock.
    private final NavigableMap<Long, JsonNode> seen = new TreeMap<>();
    private final Map<String, JsonNode> replies = new TreeMap<>();
    private @Nullable String problem;
    private @Nullable WebSocket socket;
    private @Nullable String epoch;
    private boolean open;
    private int refs;

    Person(Api api, HttpClient http, String name) {
        this.api = api;
        this.http = http;
        this.name = name;
        String email = name.toLowerCase(java.util.Locale.ROOT) + "-" + UUID.randomUUID() + "@example.org";
        String password = UUID.randomUUID().toString();
        api.post("/auth/register", null, Map.of("email", email, "password", password, "nickname", name));
        JsonNode login = api.post("/auth/login", null, Map.of("email", email, "password", password));
        this.token = login.path("accessToken").asText();
        this.id = login.path("user").path("id").asText();
    }

    String token() {
        return token;
    }

    Api api() {
        return api;
    }

    /** Connects and enters the room; what was missed since the last place seen comes first. */
    JsonNode enter(String room) {
        long end = System.nanoTime() + api.patience().toNanos();
        while (true) {
            try {
                connect();
                JsonNode answer = ask("joinRoom", resume(room));
                if (answer.path("reset").asBoolean()) {
                    throw new DemoFailure(name + " was told that the store was restored: messages may be lost");
                }
                return answer;
            } catch (Broken broken) {
                if (System.nanoTime() > end) {
                    throw new DemoFailure(name + " cannot connect: " + broken.getMessage());
                }
                Api.pause(BETWEEN_TRIES);
            }
        }
    }

    private Map<String, Object> resume(String room) {
        lock.lock();
        try {
            return seen.isEmpty() || epoch == null
                    ? Map.of("roomId", room, "lastSeq", 0)
                    : Map.of("roomId", room, "lastSeq", seen.lastKey(), "epoch", epoch);
        } finally {
            lock.unlock();
        }
    }

    /** Sends and waits for the acknowledgement, however often the connection breaks in between. Returns the latency. */
    Duration send(String room, String clientMsgId, String text) {
        long begin = System.nanoTime();
        long end = begin + api.patience().toNanos();
        Map<String, String> message =
                Map.of("roomId", room, "clientMsgId", clientMsgId, "type", "TEXT", "content", text);
        while (true) {
            try {
                JsonNode answer = ask("sendMessage", message);
                if (answer.path("status").asText().equals("ACCEPTED")) {
                    return Duration.ofNanos(System.nanoTime() - begin);
                }
                if (!answer.path("retryable").asBoolean()) {
                    throw new DemoFailure(name + "'s message was refused: " + answer);
                }
                Api.pause(BETWEEN_TRIES);
            } catch (Broken broken) {
                enter(room);
            }
            if (System.nanoTime() > end) {
                throw new DemoFailure(name + "'s message was not accepted within " + api.patience());
            }
        }
    }

    /** Waits until the messages up to that place were seen, coming back as often as needed. */
    void awaitSeen(String room, long seq) {
        long end = System.nanoTime() + api.patience().toNanos();
        while (!await(() -> !open || (!seen.isEmpty() && seen.lastKey() >= seq), ANSWER) || lastSeen() < seq) {
            if (System.nanoTime() > end) {
                throw new DemoFailure(name + " saw messages up to " + lastSeen() + " and not up to " + seq);
            }
            enter(room);
        }
        check();
    }

    long lastSeen() {
        lock.lock();
        try {
            return seen.isEmpty() ? 0 : seen.lastKey();
        } finally {
            lock.unlock();
        }
    }

    NavigableMap<Long, JsonNode> seen() {
        lock.lock();
        try {
            return new TreeMap<>(seen);
        } finally {
            lock.unlock();
        }
    }

    /** Breaks the connection without a word, as a tunnel or a lost phone does. */
    void cutOff() {
        lock.lock();
        try {
            if (socket != null) {
                socket.abort();
            }
            open = false;
        } finally {
            lock.unlock();
        }
    }

    private void check() {
        lock.lock();
        try {
            if (problem != null) {
                throw new DemoFailure(problem);
            }
        } finally {
            lock.unlock();
        }
    }

    private JsonNode ask(String event, Map<String, ?> data) throws Broken {
        String ref;
        WebSocket out;
        lock.lock();
        try {
            if (!open || socket == null) {
                throw new Broken("not connected");
            }
            ref = "r" + ++refs;
            out = socket;
        } finally {
            lock.unlock();
        }
        try {
            out.sendText(Api.JSON.writeValueAsString(Map.of("event", event, "ref", ref, "data", data)), true)
                    .orTimeout(ANSWER.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (IOException | CompletionException lost) {
            cutOff();
            throw new Broken("the connection broke");
        }
        if (!await(() -> !open || replies.containsKey(ref), ANSWER)) {
            cutOff();
            throw new Broken("no answer to " + event);
        }
        check();
        lock.lock();
        try {
            JsonNode answer = replies.remove(ref);
            if (answer == null) {
                throw new Broken("the connection broke");
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private void connect() throws Broken {
        cutOff();
        URI url = URI.create(api.base().toString().replaceFirst("^http", "ws") + "/ws");
        try {
            WebSocket connected = http.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + token)
                    .connectTimeout(Duration.ofSeconds(5))
                    .buildAsync(url, new Listener())
                    .orTimeout(ANSWER.toSeconds(), TimeUnit.SECONDS)
                    .join();
            lock.lock();
            try {
                socket = connected;
                open = true;
            } finally {
                lock.unlock();
            }
        } catch (CompletionException refused) {
            throw new Broken(url + " does not answer");
        }
        if (!await(() -> !open || epoch != null, ANSWER)) {
            throw new Broken("no greeting");
        }
    }

    private boolean await(BooleanSupplier condition, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!condition.getAsBoolean() && problem == null) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", interrupted);
        } finally {
            lock.unlock();
        }
    }

    /** The connection is gone, or as good as gone. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String frame = text.toString();
                text.setLength(0);
                lock.lock();
                try {
                    if (!open || isCurrent(webSocket)) {
                        hear(Api.JSON.readTree(frame));
                    }
                    changed.signalAll();
                } catch (IOException malformed) {
                    problem = "the server sent a frame that is no JSON: " + frame;
                } finally {
                    lock.unlock();
                }
            }
            webSocket.request(1);
            return null;
        }

        private void hear(JsonNode frame) {
            JsonNode data = frame.path("data");
            switch (frame.path("event").asText()) {
                case "connected" -> epoch = data.path("epoch").asText();
                case "newMessage" -> {
                    long seq = data.path("seq").asLong();
                    long expected = seen.isEmpty() ? seq : seen.lastKey() + 1;
                    if (seq != expected) {
                        problem = name + " was shown " + seq + " where " + expected + " comes next";
                    }
                    seen.put(seq, data);
                }
                case "messageRejected" -> problem = name + "'s accepted message was refused: " + data;
                default -> {
                    // Presence and the like: nice to have.
                }
            }
            if (frame.hasNonNull("ref")) {
                replies.put(frame.path("ref").asText(), data);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            lost(webSocket);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            lost(webSocket);
        }

        @SuppressWarnings("ReferenceEquality") // which connection it is, not what it is like
        private boolean isCurrent(WebSocket webSocket) {
            return socket == webSocket;
        }

        private void lost(WebSocket webSocket) {
            lock.lock();
            try {
                if (isCurrent(webSocket)) {
                    open = false;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
