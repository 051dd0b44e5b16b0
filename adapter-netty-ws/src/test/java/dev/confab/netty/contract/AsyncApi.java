package dev.confab.netty.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code docs/asyncapi.yaml}: which frames there are, and what is in them. Safe on any thread. */
public final class AsyncApi {

    private static final SchemaCheck DOCUMENT = SchemaCheck.of(Path.of("..", "docs", "asyncapi.yaml"));
    private static final Map<String, JsonNode> FROM_CLIENTS = messages("receive", false);
    private static final Map<String, JsonNode> FROM_SERVER = fromServer();

    private AsyncApi() {}

    /** Names of the events that clients send. */
    public static Set<String> clientEvents() {
        return new TreeSet<>(FROM_CLIENTS.keySet());
    }

    /** Names of the events that the server sends. */
    public static Set<String> serverEvents() {
        return new TreeSet<>(FROM_SERVER.keySet());
    }

    /** The documented examples of what clients send. */
    public static List<JsonNode> clientExamples() {
        return FROM_CLIENTS.values().stream()
                .map(message -> message.path("examples").path(0).path("payload"))
                .toList();
    }

    /** What is wrong with a frame of a client. */
    public static List<String> checkClientFrame(JsonNode frame) {
        return check(FROM_CLIENTS, frame);
    }

    /** What is wrong with a frame of the server. */
    public static List<String> checkServerFrame(JsonNode frame) {
        return check(FROM_SERVER, frame);
    }

    private static List<String> check(Map<String, JsonNode> messages, JsonNode frame) {
        JsonNode message = messages.get(frame.path("event").asText());
        if (message == null) {
            return List.of("no such event is documented: " + frame);
        }
        return DOCUMENT.check(message.path("payload"), frame);
    }

    private static Map<String, JsonNode> fromServer() {
        Map<String, JsonNode> messages = messages("send", false);
        messages.putAll(messages("receive", true));
        return messages;
    }

    /** The messages of all operations of one direction, or of their replies, by the name of their event. */
    private static Map<String, JsonNode> messages(String action, boolean replies) {
        Map<String, JsonNode> messages = new TreeMap<>();
        for (JsonNode operation : DOCUMENT.document().path("operations")) {
            if (operation.path("action").asText().equals(action)) {
                for (JsonNode reference : (replies ? operation.path("reply") : operation).path("messages")) {
                    JsonNode message = DOCUMENT.resolve(reference);
                    messages.put(message.at("/payload/properties/event/const").asText(), message);
                }
            }
        }
        return messages;
    }
}
