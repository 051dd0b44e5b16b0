package dev.confab.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls REST, and calls again while the server is away: a client that cannot do that loses messages of its own. */
final class Api {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final HttpClient http;
    private final URI base;
    private final Duration patience;

    Api(HttpClient http, URI base, Duration patience) {
        this.http = http;
        this.base = base;
        this.patience = patience;
    }

    URI base() {
        return base;
    }

    Duration patience() {
        return patience;
    }

    JsonNode get(String path, String token) {
        return call("GET", path, token, null);
    }

    JsonNode post(String path, @Nullable String token, Map<String, ?> body) {
        return call("POST", path, token, body);
    }

    private JsonNode call(String method, String path, @Nullable String token, @Nullable Map<String, ?> body) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            String trouble;
            try {
                HttpResponse<String> response =
                        http.send(request(method, path, token, body), HttpResponse.BodyHandlers.ofString());
                JsonNode answer = response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
                if (response.statusCode() < 300) {
                    return answer;
                }
                trouble = response.statusCode() + " " + answer.path("code").asText() + ": "
                        + answer.path("detail").asText();
                if (!answer.path("retryable").asBoolean(response.statusCode() >= 500)) {
                    throw new DemoFailure(method + " " + path + " was answered " + trouble);
                }
            } catch (IOException away) {
                trouble = base + " does not answer";
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new DemoFailure("interrupted", interrupted);
            }
            if (System.nanoTime() > end) {
                throw new DemoFailure(trouble);
            }
            pause(BETWEEN_TRIES);
        }
    }

    private HttpRequest request(String method, String path, @Nullable String token, @Nullable Map<String, ?> body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(15))
                .header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
    }

    static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", interrupted);
        }
    }
}
