package dev.confab.netty.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/**
 * Checks values against the schemas of a YAML document: the part of JSON Schema that the documents here use, and nothing
 * is skipped that is not understood. Stricter than JSON Schema in one thing: a field that no schema names is an error,
 * so that nothing goes out undocumented. Safe on any thread.
 */
public final class SchemaCheck {

    /** Say something to people only. */
    private static final Set<String> TALK = Set.of("description", "summary", "example", "examples", "title", "default");

    private static final Set<String> KNOWN = Set.of(
            "$ref",
            "type",
            "const",
            "enum",
            "pattern",
            "format",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "items",
            "maxItems",
            "required",
            "properties",
            "additionalProperties",
            "oneOf",
            "allOf");

    private final JsonNode document;

    private SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** Reads the document. */
    public static SchemaCheck of(Path yaml) {
        try (Reader reader = Files.newBufferedReader(yaml)) {
            Object tree = new Yaml().load(reader);
            return new SchemaCheck(new JsonMapper().valueToTree(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole document. */
    public JsonNode document() {
        return document;
    }

    /** What is wrong with a value; empty when nothing is. */
    public List<String> check(JsonNode schema, JsonNode value) {
        List<String> wrong = new ArrayList<>();
        check(schema, value, "$", wrong);
        return wrong;
    }

    /** A schema, or what it refers to. */
    public JsonNode resolve(JsonNode schema) {
        JsonNode ref = schema.path("$ref");
        if (ref.isMissingNode()) {
            return schema;
        }
        if (!ref.asText().startsWith("#/")) {
            throw new IllegalArgumentException("Not a place in this document: " + ref);
        }
        JsonNode target = document.at(ref.asText().substring(1));
        if (target.isMissingNode()) {
            throw new IllegalArgumentException("Nothing there: " + ref);
        }
        return resolve(target);
    }

    private void check(JsonNode unresolved, JsonNode value, String place, List<String> wrong) {
        JsonNode schema = resolve(unresolved);
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!KNOWN.contains(keyword) && !TALK.contains(keyword)) {
                throw new IllegalArgumentException("Keyword " + keyword + " is not understood");
            }
        });
        schema.path("allOf").forEach(part -> check(part, value, place, wrong));
        if (schema.has("oneOf")) {
            oneOf(schema.path("oneOf"), value, place, wrong);
        }
        if (schema.has("type") && !hasType(schema.path("type"), value)) {
            wrong.add(place + " is " + value + " and not a " + schema.path("type"));
            return;
        }
        if (schema.has("const") && !schema.path("const").equals(value)) {
            wrong.add(place + " is " + value + " and not " + schema.path("const"));
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            wrong.add(place + " is " + value + ", which is not among " + schema.path("enum"));
        }
        switch (value.getNodeType()) {
            case STRING -> text(schema, value.textValue(), place, wrong);
            case NUMBER -> number(schema, value, place, wrong);
            case ARRAY -> array(schema, value, place, wrong);
            case OBJECT -> object(schema, value, place, wrong);
            default -> {}
        }
    }

    private void oneOf(JsonNode schemas, JsonNode value, String place, List<String> wrong) {
        List<String> reasons = new ArrayList<>();
        int fitting = 0;
        for (JsonNode schema : schemas) {
            List<String> inner = new ArrayList<>();
            check(schema, value, place, inner);
            fitting += inner.isEmpty() ? 1 : 0;
            reasons.addAll(inner);
        }
        if (fitting != 1) {
            wrong.add(place + " fits " + fitting + " schemas of oneOf: " + reasons);
        }
    }

    private static void text(JsonNode schema, String text, String place, List<String> wrong) {
        if (schema.has("pattern") && !text.matches(schema.path("pattern").asText())) {
            wrong.add(place + " does not match " + schema.path("pattern") + ": " + text);
        }
        int length = text.codePointCount(0, text.length());
        if (length < schema.path("minLength").asInt(0)
                || length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            wrong.add(place + " has a length of " + length);
        }
    }

    private static void number(JsonNode schema, JsonNode value, String place, List<String> wrong) {
        if (value.doubleValue() < schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
                || value.doubleValue() > schema.path("maximum").asDouble(Double.POSITIVE_INFINITY)) {
            wrong.add(place + " is out of range: " + value);
        }
    }

    private void array(JsonNode schema, JsonNode array, String place, List<String> wrong) {
        if (array.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
            wrong.add(place + " has " + array.size() + " items");
        }
        for (int i = 0; i < array.size(); i++) {
            check(schema.path("items"), array.get(i), place + "[" + i + "]", wrong);
        }
    }

    private void object(JsonNode schema, JsonNode object, String place, List<String> wrong) {
        for (JsonNode name : schema.path("required")) {
            if (!object.has(name.asText())) {
                wrong.add(place + " lacks " + name);
            }
        }
        JsonNode properties = schema.path("properties");
        boolean open =
                schema.path("additionalProperties").asBoolean(false) || schema.has("oneOf") || schema.has("allOf");
        object.properties().forEach(field -> {
            JsonNode property = properties.path(field.getKey());
            JsonNode additional = schema.path("additionalProperties");
            if (!property.isMissingNode()) {
                check(property, field.getValue(), place + "." + field.getKey(), wrong);
            } else if (additional.isObject()) {
                check(additional, field.getValue(), place + "." + field.getKey(), wrong);
            } else if (!open) {
                wrong.add(place + " has a field that is not documented: " + field.getKey());
            }
        });
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode candidate : values) {
            if (candidate.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasType(JsonNode types, JsonNode value) {
        if (types.isArray()) {
            for (JsonNode type : types) {
                if (hasType(type, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (types.asText()) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("Type " + types + " is not understood");
        };
    }
}
