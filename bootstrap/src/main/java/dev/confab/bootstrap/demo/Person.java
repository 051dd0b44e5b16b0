package dev.confab.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account and a WebSocket, who comes back when it breaks, resumes from the last place seen, and sends
 * again, under the same name, what was not acknowledged. That is all a client needs to do. Used by one thread.
 */
final class Person {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);
    private static final Duration ANSWER = Duration.ofSeconds(8);

    final String name;
    final String id;
    private final Api api;
    private final HttpClient http;
    private final String token;
    private final Inbox inbox;
    private @Nullable Connection connection;
    private int refs;

    Person(Api api, HttpClient http, String name) {
        this.api = api;
        this.http = http;
        this.name = name;
        this.inbox = new Inbox(name);
        String email = name.toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID() + "@example.org";
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

    long lastSeen() {
        return inbox.lastSeen();
    }

    NavigableMap<Long, JsonNode> seen() {
        return inbox.seen();
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
        String epoch = inbox.epoch();
        long last = inbox.lastSeen();
        return last == 0 || epoch == null
                ? Map.of("roomId", room, "lastSeq", 0)
                : Map.of("roomId", room, "lastSeq", last, "epoch", epoch);
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
        while (!inbox.await(() -> !isOpen() || inbox.lastSeen() >= seq, ANSWER) || inbox.lastSeen() < seq) {
            inbox.check();
            if (System.nanoTime() > end) {
                throw new DemoFailure(name + " saw messages up to " + inbox.lastSeen() + " and not up to " + seq);
            }
            enter(room);
        }
        inbox.check();
    }

    /** Breaks the connection without a word, as a tunnel or a lost phone does. */
    void cutOff() {
        if (connection != null) {
            connection.abort();
        }
    }

    private boolean isOpen() {
        return connection != null && connection.isOpen();
    }

    private JsonNode ask(String event, Map<String, ?> data) throws Broken {
        Connection current = connection;
        if (current == null || !current.isOpen()) {
            throw new Broken("not connected");
        }
        String ref = "r" + ++refs;
        current.send(Map.of("event", event, "ref", ref, "data", data));
        boolean answered = inbox.await(() -> !current.isOpen() || inbox.hasReply(ref), ANSWER);
        inbox.check();
        JsonNode answer = inbox.takeReply(ref);
        if (answer == null) {
            current.abort();
            throw new Broken(answered ? "the connection broke" : "no answer to " + event);
        }
        return answer;
    }

    private void connect() throws Broken {
        cutOff();
        URI url = URI.create(api.base().toString().replaceFirst("^http", "ws") + "/ws");
        Connection opened = new Connection();
        try {
            opened.socket = http.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + token)
                    .connectTimeout(Duration.ofSeconds(5))
                    .buildAsync(url, opened)
                    .orTimeout(ANSWER.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException refused) {
            throw new Broken(url + " does not answer");
        }
        connection = opened;
        if (!inbox.await(() -> !opened.isOpen() || opened.greeted, ANSWER)) {
            throw new Broken("no greeting");
        }
    }

    /** The connection is gone, or as good as gone. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    /** One WebSocket. What comes after it was given up on is not heard. */
    private final class Connection implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();
        private volatile @Nullable WebSocket socket;
        private volatile boolean lost;
        private volatile boolean greeted;

        boolean isOpen() {
            return !lost;
        }

        void abort() {
            lost = true;
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
            inbox.wake();
        }

        void send(Map<String, ?> frame) throws Broken {
            WebSocket open = socket;
            try {
                if (open == null) {
                    throw new Broken("not connected");
                }
                open.sendText(Api.JSON.writeValueAsString(frame), true)
                        .orTimeout(ANSWER.toSeconds(), TimeUnit.SECONDS)
                        .join();
            } catch (IOException | CompletionException broken) {
                abort();
                throw new Broken("the connection broke");
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last && !lost) {
                hear(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        private void hear(String frame) {
            try {
                JsonNode json = Api.JSON.readTree(frame);
                inbox.hear(json);
                greeted |= json.path("event").asText().equals("connected");
                inbox.wake();
            } catch (IOException malformed) {
                inbox.complain("the server sent a frame that is no JSON: " + frame);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            lost = true;
            inbox.wake();
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            lost = true;
            inbox.wake();
        }
    }
}
