package dev.confab.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one record: what every record has, then its own fields. Used by one thread. */
final class RecordWriter {

    /** Emoji as the 4 bytes that they are, and not as 12 of escapes. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final int USUAL_SIZE = 512;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    private final JsonGenerator json;

    /** What can go wrong while fields are written. */
    @FunctionalInterface
    interface Fields {
        void writeTo(RecordWriter record) throws IOException;
    }

    private RecordWriter() throws IOException {
        json = JSON.createGenerator(bytes);
    }

    /**
     * @param eventType one of the codecs' own words
     * @param eventId the same each time the same event is written; made of ids and colons
     */
    static byte[] write(String eventType, String eventId, Instant occurredAt, TraceId traceId, Fields fields) {
        try {
            RecordWriter record = new RecordWriter();
            try (JsonGenerator json = record.json) {
                json.writeStartObject();
                record.plain(Field.EVENT_TYPE, eventType);
                record.number(Field.SCHEMA_VERSION, RecordReader.SCHEMA_VERSION);
                record.plain(Field.EVENT_ID, eventId);
                record.instant(Field.OCCURRED_AT, occurredAt);
                record.plain(Field.TRACE_ID, traceId.value());
                fields.writeTo(record);
                json.writeEndObject();
            }
            return record.bytes.toByteArray();
        } catch (IOException e) {
            // No I/O takes place here.
            throw new UncheckedIOException(e);
        }
    }

    void text(Field field, @Nullable String value) throws IOException {
        json.writeFieldName(field.encoded());
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }

    /** The text form of an identifier, or the name of a constant. */
    void id(Field field, @Nullable Object value) throws IOException {
        plain(field, value == null ? null : value.toString());
    }

    /** ASCII in which nothing needs an escape: nobody looks at each character. */
    private void plain(Field field, @Nullable String value) throws IOException {
        json.writeFieldName(field.encoded());
        if (value == null) {
            json.writeNull();
        } else {
            byte[] ascii = value.getBytes(StandardCharsets.US_ASCII);
            json.writeRawUTF8String(ascii, 0, ascii.length);
        }
    }

    void number(Field field, long value) throws IOException {
        json.writeFieldName(field.encoded());
        json.writeNumber(value);
    }

    void flag(Field field, boolean value) throws IOException {
        json.writeFieldName(field.encoded());
        json.writeBoolean(value);
    }

    void instant(Field field, @Nullable Instant value) throws IOException {
        plain(field, value == null ? null : InstantText.write(value));
    }

    void users(Field field, List<UserId> values) throws IOException {
        json.writeFieldName(field.encoded());
        json.writeStartArray();
        for (UserId value : values) {
            json.writeString(value.toString());
        }
        json.writeEndArray();
    }
}
