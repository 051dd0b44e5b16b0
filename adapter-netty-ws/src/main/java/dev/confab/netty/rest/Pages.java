package dev.confab.netty.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one shape of every list that goes on: {@code {items, nextCursor, hasMore}}. */
final class Pages {

    private Pages() {}

    /** Writes one entry. */
    @FunctionalInterface
    interface Item<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    static <T> Answer answer(List<T> items, Item<T> writer, @Nullable String nextCursor, boolean hasMore) {
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (T item : items) {
                writer.write(json, item);
            }
            json.writeEndArray();
            json.writeStringField("nextCursor", nextCursor);
            json.writeBooleanField("hasMore", hasMore);
            json.writeEndObject();
        });
    }
}
