package dev.confab.netty.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object that a client sent. Reading goes on after a broken rule, so that all are told together: read
 * everything, then ask {@link #refusal()}; when it is empty, every required field is present. A field that is null is
 * treated as missing; fields nobody asks for are ignored. Not safe for several threads.
 */
public final class Fields {

    private final ObjectNode object;
    private @Nullable List<Violation> violations;

    public Fields(ObjectNode object) {
        this.object = object;
    }

    /** A string, or null when missing. */
    public @Nullable String text(String name) {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            broken(name, "type", name + " must be a string");
            return null;
        }
        return node.textValue();
    }

    /** A string that must be there. */
    public Optional<String> requiredText(String name) {
        return required(name, text(name));
    }

    /** An id, or null when missing. */
    public <T> @Nullable T id(String name, Function<String, Optional<T>> parser) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        Optional<T> id = parser.apply(text);
        if (id.isEmpty()) {
            broken(name, "format", name + " is not an id of the kind that is expected");
        }
        return id.orElse(null);
    }

    /** An id that must be there. */
    public <T> Optional<T> requiredId(String name, Function<String, Optional<T>> parser) {
        return required(name, id(name, parser));
    }

    /** One of the words of an enumeration, or null when missing. Case matters. */
    public <E extends Enum<E>> @Nullable E word(String name, Class<E> words) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(text)) {
                return word;
            }
        }
        broken(name, "one-of", name + " must be one of " + Arrays.toString(words.getEnumConstants()));
        return null;
    }

    /** One of the words of an enumeration, which must be there. */
    public <E extends Enum<E>> Optional<E> requiredWord(String name, Class<E> words) {
        return required(name, word(name, words));
    }

    /** A whole number that fits 64 bits; empty when missing. */
    public OptionalLong integer(String name) {
        JsonNode node = present(name);
        if (node == null) {
            return OptionalLong.empty();
        }
        if (!node.isIntegralNumber()) {
            broken(name, "type", name + " must be a whole number");
            return OptionalLong.empty();
        }
        if (!node.canConvertToLong()) {
            broken(name, "range", name + " is out of range");
            return OptionalLong.empty();
        }
        return OptionalLong.of(node.longValue());
    }

    /**
     * A whole number, or null when missing. What does not fit an {@code int} becomes its least or greatest, which is out
     * of every range that is allowed.
     */
    public @Nullable Integer smallInteger(String name) {
        OptionalLong number = integer(name);
        return number.isEmpty()
                ? null
                : Integer.valueOf(Math.clamp(number.getAsLong(), Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /** A moment in ISO 8601 with an offset or Z (RFC 3339 section 5.6), or null when missing. */
    public @Nullable Instant moment(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        Optional<Instant> moment = Timestamps.parse(text);
        if (moment.isEmpty()) {
            broken(name, "format", name + " must be a moment such as 2026-02-24T06:00:00.000Z");
        }
        return moment.orElse(null);
    }

    /** A boolean that must be there. */
    public Optional<Boolean> requiredFlag(String name) {
        JsonNode node = present(name);
        if (node != null && !node.isBoolean()) {
            broken(name, "type", name + " must be true or false");
            return Optional.empty();
        }
        return required(name, node == null ? null : node.booleanValue());
    }

    /** A list of ids without repeats being taken out; null when missing. */
    public <T> @Nullable List<T> ids(String name, int most, Function<String, Optional<T>> parser) {
        JsonNode node = list(name, most);
        if (node == null) {
            return null;
        }
        List<T> ids = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            JsonNode item = node.get(i);
            Optional<T> id = item.isTextual() ? parser.apply(item.textValue()) : Optional.empty();
            if (id.isEmpty()) {
                String rule = item.isTextual() ? "format" : "type";
                broken(name + "[" + i + "]", rule, name + " must hold ids of the kind that is expected");
                return null;
            }
            ids.add(id.get());
        }
        return ids;
    }

    /** A list of ids that must be there; it may be empty. */
    public <T> Optional<List<T>> requiredIds(String name, int most, Function<String, Optional<T>> parser) {
        return required(name, ids(name, most, parser));
    }

    /** A list of objects that must be there; their own broken rules count here, named {@code name[i].field}. */
    public <T> Optional<List<T>> requiredObjects(String name, int most, Function<Fields, Optional<T>> reader) {
        JsonNode node = list(name, most);
        if (node == null) {
            return required(name, null);
        }
        List<T> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            String place = name + "[" + i + "]";
            if (!(node.get(i) instanceof ObjectNode item)) {
                broken(place, "type", place + " must be an object");
                return Optional.empty();
            }
            Fields fields = new Fields(item);
            Optional<T> read = reader.apply(fields);
            if (fields.violations != null) {
                for (Violation inner : fields.violations) {
                    broken(place + "." + inner.field(), inner.rule(), inner.message());
                }
                return Optional.empty();
            }
            read.ifPresent(items::add);
        }
        return Optional.of(items);
    }

    /** A free-form object as plain values; null when missing. */
    public @Nullable Map<String, @Nullable Object> metadata(String name) {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ObjectNode free)) {
            broken(name, "type", name + " must be an object");
            return null;
        }
        return Metadata.plain(free);
    }

    /** Notes a rule that the caller found broken. */
    public void broken(String field, String rule, String message) {
        broken(new Violation(field, rule, message));
    }

    /** Notes a rule that the caller found broken. */
    public void broken(Violation violation) {
        if (violations == null) {
            violations = new ArrayList<>(2);
        }
        violations.add(violation);
    }

    /** All broken rules as one refusal; empty when none is broken. */
    public Optional<Refusal> refusal() {
        return violations == null ? Optional.empty() : Optional.of(Refusal.invalid(violations));
    }

    private @Nullable JsonNode list(String name, int most) {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (!node.isArray()) {
            broken(name, "type", name + " must be a list");
            return null;
        }
        if (node.size() > most) {
            broken(name, "too-many", name + " has " + node.size() + " entries, at most " + most + " are allowed");
            return null;
        }
        return node;
    }

    private @Nullable JsonNode present(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private <T> Optional<T> required(String name, @Nullable T value) {
        JsonNode node = object.get(name);
        // A value that is there and broken has been noted where it was read.
        if (node == null || node.isNull()) {
            broken(name, "required", name + " is required");
        }
        return Optional.ofNullable(value);
    }
}
