package dev.confab.bootstrap.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** REST as a stranger calls it. Safe on any thread. */
final class RestClient {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** A status and a body. */
    record Answer(int status, JsonNode body) {
        Answer expect(int expected) {
            if (status != expected) {
                throw new AssertionError("Expected " + expected + ", was answered " + status + " " + body);
            }
            return this;
        }
    }

    /** Somebody who is logged in. */
    record Account(String id, String name, String email, String accessToken, String refreshToken) {}

    HttpClient http() {
        return http;
    }

    Answer call(String method, URI server, String path, @Nullable Account caller, @Nullable Object body) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofMinutes(2));
            if (caller != null) {
                request.header("Authorization", "Bearer " + caller.accessToken());
            }
            HttpRequest.BodyPublisher publisher = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
            HttpResponse<String> response =
                    http.send(request.method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body()));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** The body of a page that is no JSON. */
    String text(URI page) {
        try {
            return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    Answer get(URI server, String path, Account caller) {
        return call("GET", server, path, caller, null);
    }

    Answer post(URI server, String path, @Nullable Account caller, Object body) {
        return call("POST", server, path, caller, body);
    }

    Account register(URI server, String name) {
        String email = name.toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID() + "@example.org";
        post(server, "/auth/register", null, Map.of("email", email, "password", "correct horse", "nickname", name))
                .expect(201);
        JsonNode login = post(server, "/auth/login", null, Map.of("email", email, "password", "correct horse"))
                .expect(200)
                .body();
        return new Account(
                login.path("user").path("id").asText(),
                name,
                email,
                login.path("accessToken").asText(),
                login.path("refreshToken").asText());
    }

    String createRoom(URI server, Account owner, List<Account> members) {
        return post(
                        server,
                        "/rooms",
                        owner,
                        Map.of(
                                "name",
                                "A room",
                                "memberIds",
                                members.stream().map(Account::id).toList()))
                .expect(201)
                .body()
                .path("id")
                .asText();
    }

    /** All messages of a room, page by page. */
    List<JsonNode> history(URI server, Account caller, String room) {
        List<JsonNode> all = new java.util.ArrayList<>();
        while (true) {
            JsonNode page = get(server, "/rooms/" + room + "/messages?limit=100&afterSeq=" + all.size(), caller)
                    .expect(200)
                    .body();
            page.path("items").forEach(all::add);
            if (!page.path("hasMore").asBoolean()) {
                return all;
            }
        }
    }

    static Map<String, Object> message(String clientMsgId, String text) {
        return Map.of("clientMsgId", clientMsgId, "type", "TEXT", "content", text);
    }
}
