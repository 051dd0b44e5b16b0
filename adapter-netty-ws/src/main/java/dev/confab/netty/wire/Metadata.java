package dev.confab.netty.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a free-form JSON object into plain values: whole numbers of 64 bits where they fit, other numbers as IEEE 754
 * doubles (RFC 8259 section 6). What of it is allowed is for the domain to say.
 */
final class Metadata {

    private Metadata() {}

    static Map<String, @Nullable Object> plain(ObjectNode object) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            values.put(entry.getKey(), plain(entry.getValue()));
        }
        return Collections.unmodifiableMap(values);
    }

    private static List<@Nullable Object> plain(ArrayNode array) {
        List<@Nullable Object> values = new ArrayList<>(array.size());
        for (JsonNode item : array) {
            values.add(plain(item));
        }
        return Collections.unmodifiableList(values);
    }

    private static @Nullable Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case ARRAY -> plain((ArrayNode) node);
            case OBJECT -> plain((ObjectNode) node);
            default -> null;
        };
    }

    private static Number number(JsonNode node) {
        if (!node.isIntegralNumber()) {
            return node.doubleValue();
        }
        return node.canConvertToLong() ? node.longValue() : node.bigIntegerValue();
    }
}
