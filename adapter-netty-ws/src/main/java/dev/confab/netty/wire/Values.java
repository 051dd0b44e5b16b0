package dev.confab.netty.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one field of an object: what has no value is null, never missing. */
final class Values {

    private Values() {}

    static void text(JsonGenerator json, SerializableString name, @Nullable Object value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
    }

    static void number(JsonGenerator json, SerializableString name, long value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(value);
    }

    static void moment(JsonGenerator json, SerializableString name, @Nullable Instant value) throws IOException {
        json.writeFieldName(name);
        Timestamps.write(json, value);
    }

    static void texts(JsonGenerator json, SerializableString name, List<?> values) throws IOException {
        json.writeFieldName(name);
        json.writeStartArray();
        for (int i = 0; i < values.size(); i++) {
            json.writeString(values.get(i).toString());
        }
        json.writeEndArray();
    }

    /** Writes a free-form value: strings, numbers, booleans, lists and maps. */
    static void any(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Boolean flag -> json.writeBoolean(flag);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Float number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case List<?> list -> {
                json.writeStartArray();
                for (Object item : list) {
                    any(json, item);
                }
                json.writeEndArray();
            }
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    any(json, entry.getValue());
                }
                json.writeEndObject();
            }
            default -> throw new IllegalArgumentException("Not a JSON value: " + value.getClass());
        }
    }
}
