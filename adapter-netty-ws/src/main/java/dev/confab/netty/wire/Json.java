package dev.confab.netty.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads and writes JSON (RFC 8259), UTF-8 alone. Stateless; safe on any thread. */
public final class Json {

    private static final int MAX_DEPTH = 100;
    private static final int INITIAL_CAPACITY = 512;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            // Section 8.1: UTF-8 and nothing else; a guess at UTF-16 would let bytes through that were checked as
            // UTF-8.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            // Field names come from clients and must not stay in the JVM for ever. (The factory's own table of them is
            // bounded; to do without it takes a slower reader, which fails where charset detection is off.)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Else characters beyond the BMP become two escapes of six characters each.
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private static final ObjectReader TREES = JsonMapper.builder(FACTORY)
            // Which of two values counts is a guess (section 4), and guesses differ between programs.
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private Json() {}

    /**
     * Reads one object: no other value, nothing after it, no name twice, at most 100 levels deep.
     *
     * @param utf8 read from its reader index on, and not released
     */
    public static ObjectNode readObject(ByteBuf utf8) throws MalformedJsonException {
        if (!ByteBufUtil.isText(utf8, StandardCharsets.UTF_8)) {
            throw new MalformedJsonException("This is not UTF-8.");
        }
        return readCheckedObject(utf8);
    }

    /** As {@link #readObject}, for bytes that were checked to be UTF-8 before, as text frames are. */
    public static ObjectNode readCheckedObject(ByteBuf utf8) throws MalformedJsonException {
        try {
            JsonNode node = utf8.hasArray()
                    ? TREES.readTree(utf8.array(), utf8.arrayOffset() + utf8.readerIndex(), utf8.readableBytes())
                    : TREES.readTree((InputStream) new ByteBufInputStream(utf8.duplicate()));
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new MalformedJsonException("A JSON object is expected.");
        } catch (JsonProcessingException e) {
            // Its message names classes of the inside; the position is what helps.
            var at = e.getLocation();
            throw new MalformedJsonException(
                    at == null
                            ? "This is not valid JSON."
                            : "This is not valid JSON, near line " + at.getLineNr() + ", column " + at.getColumnNr()
                                    + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A number in an object that was read before, digit for digit as it was written: {@code 1.0} stays {@code 1.0}.
     *
     * @param field a field of the object itself that is a number
     */
    public static String numberText(ByteBuf utf8, String field) {
        try (JsonParser parser = FACTORY.createParser((InputStream) new ByteBufInputStream(utf8.duplicate()))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(field);
                parser.nextToken();
                if (found) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
            throw new IllegalArgumentException("There is no such field: " + field);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a value into a new buffer, which the caller owns. */
    public static ByteBuf encode(ByteBufAllocator allocator, JsonBody body) {
        ByteBuf buffer = allocator.buffer(INITIAL_CAPACITY);
        boolean written = false;
        try {
            append(buffer, body);
            written = true;
            return buffer;
        } finally {
            if (!written) {
                buffer.release();
            }
        }
    }

    /** Writes a value behind what a buffer already holds. */
    public static void append(ByteBuf buffer, JsonBody body) {
        try (JsonGenerator json =
                FACTORY.createGenerator((OutputStream) new ByteBufOutputStream(buffer), JsonEncoding.UTF8)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
