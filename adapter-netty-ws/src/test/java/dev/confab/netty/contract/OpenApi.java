package dev.confab.netty.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code docs/openapi.yaml}: which operations there are, what they take and what they answer. Safe on any thread. */
public final class OpenApi {

    private static final SchemaCheck DOCUMENT = SchemaCheck.of(Path.of("..", "docs", "openapi.yaml"));
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    /** Answers that any operation may give, as the document's introduction says. */
    private static final Set<String> EVERYWHERE = Set.of("400", "403", "405", "413", "414", "429", "431", "500", "503");

    private OpenApi() {}

    /** Every operation, as {@code GET /users/me}. */
    public static Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (String path : paths()) {
            DOCUMENT.document().path("paths").path(path).fieldNames().forEachRemaining(method -> {
                if (METHODS.contains(method)) {
                    operations.add(method.toUpperCase(Locale.ROOT) + " " + path);
                }
            });
        }
        return operations;
    }

    /** The answers that an operation documents. */
    public static Set<String> statuses(String operation) {
        Set<String> statuses = new TreeSet<>();
        node(operation).path("responses").fieldNames().forEachRemaining(statuses::add);
        return statuses;
    }

    /** The operation of a request; null when none is documented. */
    public static @Nullable String operation(String method, String target) {
        String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
        for (String template : paths()) {
            boolean literal = template.equals(path);
            boolean pattern = path.matches(template.replaceAll("\\{\\w+\\}", "[^/]+"));
            String operation = method + " " + template;
            if ((literal || pattern) && operations().contains(operation)) {
                return operation;
            }
        }
        return null;
    }

    /** The documented example of what an operation takes; a missing node when it takes nothing. */
    public static JsonNode example(String operation) {
        return request(operation).path("example");
    }

    /** What is wrong with a request's body. */
    public static List<String> checkRequest(String operation, JsonNode body) {
        JsonNode schema = request(operation).path("schema");
        return schema.isMissingNode() ? List.of("no body is documented") : DOCUMENT.check(schema, body);
    }

    /** What is wrong with an answer. */
    public static List<String> checkResponse(
            String operation, int status, String mediaType, @Nullable JsonNode body, Set<String> headers) {
        JsonNode response = DOCUMENT.resolve(node(operation).path("responses").path(String.valueOf(status)));
        if (response.isMissingNode()) {
            if (!EVERYWHERE.contains(String.valueOf(status))) {
                return List.of(operation + " does not document " + status);
            }
            response = DOCUMENT.document().at("/components/responses/BadRequest");
        }
        List<String> wrong = new ArrayList<>();
        response.path("headers").fieldNames().forEachRemaining(name -> {
            if (!headers.contains(name.toLowerCase(Locale.ROOT))) {
                wrong.add("header " + name + " is missing");
            }
        });
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            if (body != null) {
                wrong.add("has a body");
            }
            return wrong;
        }
        JsonNode schema = content.path(mediaType).path("schema");
        if (schema.isMissingNode() || body == null) {
            wrong.add("has no body of a documented type: " + mediaType);
            return wrong;
        }
        wrong.addAll(DOCUMENT.check(schema, body));
        return wrong;
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>();
        DOCUMENT.document().path("paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    private static JsonNode node(String operation) {
        String[] parts = operation.split(" ", 2);
        return DOCUMENT.document().path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    }

    private static JsonNode request(String operation) {
        return DOCUMENT.resolve(node(operation).path("requestBody"))
                .path("content")
                .path("application/json");
    }
}
