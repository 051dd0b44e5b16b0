package dev.confab.netty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls a server as a stranger's client would. */
public final class RestClient {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** Sees every exchange of a client. */
    @FunctionalInterface
    public interface Witness {
        void saw(String method, String path, byte @Nullable [] body, Reply reply);
    }

    private final URI base;
    private final List<String> headers;
    private final Witness witness;

    public RestClient(URI base) {
        this(base, List.of(), (method, path, body, reply) -> {});
    }

    private RestClient(URI base, List<String> headers, Witness witness) {
        this.base = base;
        this.headers = headers;
        this.witness = witness;
    }

    public RestClient seenBy(Witness other) {
        return new RestClient(base, headers, other);
    }

    /** What came back. */
    public record Reply(int status, HttpResponse<byte[]> raw) {

        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        public String text() {
            return new String(raw.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return MAPPER.readTree(raw.body());
            } catch (IOException e) {
                throw new UncheckedIOException(text(), e);
            }
        }

        public String code() {
            return json().path("code").asText();
        }
    }

    /** Somebody who registered and logged in. */
    public record Person(
            String id, String nickname, String email, String accessToken, String refreshToken, RestClient client) {}

    public RestClient with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new RestClient(base, more, witness);
    }

    public RestClient withToken(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply post(String path) {
        return send("POST", path, new byte[0]);
    }

    public Reply post(String path, String json) {
        return send("POST", path, json.getBytes(StandardCharsets.UTF_8));
    }

    public Reply patch(String path, String json) {
        return send("PATCH", path, json.getBytes(StandardCharsets.UTF_8));
    }

    public Reply put(String path, String json) {
        return send("PUT", path, json.getBytes(StandardCharsets.UTF_8));
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    public Reply send(String method, String path, byte @Nullable [] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Reply reply = new Reply(response.statusCode(), response);
            witness.saw(method, path, body, reply);
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Registers and logs in. */
    public Person person(String nickname) {
        String email = nickname + "-" + UUID.randomUUID() + "@example.org";
        String credentials = "\"email\":\"" + email + "\",\"password\":\"correct horse\"";
        Reply registered = post("/auth/register", "{" + credentials + ",\"nickname\":\"" + nickname + "\"}");
        if (registered.status() != 201) {
            throw new AssertionError(registered.text());
        }
        JsonNode login = post("/auth/login", "{" + credentials + "}").json();
        return new Person(
                registered.json().path("id").asText(),
                nickname,
                email,
                login.path("accessToken").asText(),
                login.path("refreshToken").asText(),
                withToken(login.path("accessToken").asText()));
    }

    /** Makes a public room that others are in from the start, and answers its id. */
    public String room(String name, Person... members) {
        String ids = Arrays.stream(members)
                .map(member -> "\"" + member.id() + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        return post("/rooms", "{\"name\":\"" + name + "\",\"memberIds\":" + ids + "}")
                .json()
                .path("id")
                .asText();
    }

    /** Sends a message, waits until it is stored, and answers it. */
    public JsonNode say(String roomId, String content) {
        Reply reply = post("/rooms/" + roomId + "/messages?wait=persisted", message(content));
        if (reply.status() != 201) {
            throw new AssertionError(reply.text());
        }
        return reply.json();
    }

    public static String message(String content) {
        return "{\"clientMsgId\":\"" + UUID.randomUUID() + "\",\"type\":\"TEXT\",\"content\":\"" + content + "\"}";
    }
}
