package dev.confab.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.bench.history.Operation;
import dev.confab.bench.history.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What clients ask over REST: what they missed, how things ended. Safe on any thread. */
final class Rest implements AutoCloseable {

    /** The most that the server gives at once. */
    static final int PAGE = 500;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** Events of a room, ascending, and whether there are more. */
    record Page(List<Shown> events, boolean hasMore) {}

    /** What {@code /outcomes} says of a send. */
    record Said(
            Operation.Status status,
            @Nullable String id,
            long seq,
            @Nullable String reason) {}

    CompletableFuture<Page> events(URI gateway, String token, String room, long after) {
        return get(gateway, "/rooms/" + room + "/events?limit=" + PAGE + "&afterSeq=" + after, token)
                .thenApply(page -> {
                    List<Shown> events = new ArrayList<>();
                    for (JsonNode item : page.path("items")) {
                        events.add(FrameReader.shown(
                                item.path("data"),
                                what(item.path("event").asText()),
                                item.path("seq").asLong()));
                    }
                    return new Page(events, page.path("hasMore").asBoolean());
                });
    }

    private static Shown.What what(String event) {
        return switch (event) {
            case "messageEdited" -> Shown.What.EDITED;
            case "messageDeleted" -> Shown.What.DELETED;
            default -> Shown.What.NEW;
        };
    }

    CompletableFuture<Said> outcome(URI gateway, String token, String room, String key) {
        return get(gateway, "/rooms/" + room + "/outcomes/" + key, token)
                .thenApply(said -> new Said(
                        Operation.Status.valueOf(said.path("status").asText()),
                        said.hasNonNull("messageId") ? said.path("messageId").asText() : null,
                        said.path("seq").asLong(),
                        said.hasNonNull("reason") ? said.path("reason").asText() : null));
    }

    /** Where a room stands. */
    CompletableFuture<Long> head(URI gateway, String token, String room) {
        return get(gateway, "/rooms/" + room, token)
                .thenApply(found -> found.path("lastSeq").asLong());
    }

    private CompletableFuture<JsonNode> get(URI gateway, String path, String token) {
        URI uri = URI.create("http://" + gateway.getHost() + ":" + gateway.getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).thenApply(response -> {
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + response.statusCode());
            }
            try {
                return JSON.readTree(response.body());
            } catch (IOException malformed) {
                throw new UncheckedIOException(path + " answered no JSON", malformed);
            }
        });
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
