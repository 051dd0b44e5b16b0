package dev.confab.netty.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a free-form JSON object into plain values that every store keeps as they are: whole numbers of 64 bits, other
 * numbers as IEEE 754 doubles (RFC 8259 section 6), no NUL and no half surrogate pair in any text, and not more than
 * {@link #MAX_SIZE} characters and {@link #MAX_DEPTH} levels in all, because it travels with every list of rooms.
 */
final class Metadata {

    static final int MAX_SIZE = 16_384;
    static final int MAX_DEPTH = 16;

    private final String field;
    private int size;
    private int depth;
    private @Nullable Violation violation;

    Metadata(String field) {
        this.field = field;
    }

    /** The first broken rule; null while none is. */
    @Nullable
    Violation violation() {
        return violation;
    }

    Map<String, @Nullable Object> object(ObjectNode node) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        deeper();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (violation != null) {
                break;
            }
            values.put(text(entry.getKey()), value(entry.getValue()));
        }
        depth--;
        return Collections.unmodifiableMap(values);
    }

    private List<@Nullable Object> list(ArrayNode node) {
        List<@Nullable Object> values = new ArrayList<>(node.size());
        deeper();
        for (JsonNode item : node) {
            if (violation != null) {
                break;
            }
            values.add(value(item));
        }
        depth--;
        return Collections.unmodifiableList(values);
    }

    private @Nullable Object value(JsonNode node) {
        count(1);
        return switch (node.getNodeType()) {
            case STRING -> text(node.textValue());
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case ARRAY -> list((ArrayNode) node);
            case OBJECT -> object((ObjectNode) node);
            default -> null;
        };
    }

    private @Nullable Object number(JsonNode node) {
        count(8);
        if (node.isIntegralNumber()) {
            if (node.canConvertToLong()) {
                return node.longValue();
            }
        } else if (Double.isFinite(node.doubleValue())) {
            return node.doubleValue();
        }
        broken("range", field + " holds a number that is out of range");
        return null;
    }

    private String text(String text) {
        count(text.length());
        if (violation == null) {
            violation = ChatLimits.characters(field, text).orElse(null);
        }
        return text;
    }

    private void deeper() {
        if (++depth > MAX_DEPTH) {
            broken("too-deep", field + " is nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private void count(int characters) {
        size += characters;
        if (size > MAX_SIZE) {
            broken("too-long", field + " holds more than " + MAX_SIZE + " characters");
        }
    }

    private void broken(String rule, String message) {
        if (violation == null) {
            violation = new Violation(field, rule, message);
        }
    }
}
