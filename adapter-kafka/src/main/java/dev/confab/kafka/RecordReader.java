package dev.confab.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one record. Those it does not know it skips: they are of a newer version of the program. One instance
 * reads one record; used by one thread.
 */
final class RecordReader {

    /** The only version there is. */
    static final int SCHEMA_VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();
    private static final int TRACE_LENGTH = 32;

    private final Map<Field, String> texts = new EnumMap<>(Field.class);
    private final Map<Field, Long> numbers = new EnumMap<>(Field.class);
    private final Map<Field, Boolean> flags = new EnumMap<>(Field.class);
    private List<String> mentions = List.of();
    private @Nullable Field ofAnotherShape;

    private RecordReader() {}

    /** Reads a record of which nothing is known yet but that it should be JSON. */
    static RecordReader read(byte @Nullable [] value) throws UnreadableRecordException {
        if (value == null) {
            throw new UnreadableRecordException("the record has no value");
        }
        RecordReader reader = new RecordReader();
        try (JsonParser parser = JSON.createParser(value)) {
            reader.fill(parser);
        } catch (IOException e) {
            throw new UnreadableRecordException("no JSON: " + firstLine(e.getMessage()));
        }
        return reader;
    }

    private void fill(JsonParser parser) throws IOException, UnreadableRecordException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadableRecordException("no JSON object");
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            Field field = Field.named(name);
            if (field == null) {
                parser.skipChildren();
            } else {
                keep(field, token, parser);
            }
        }
        if (parser.nextToken() != null) {
            throw new UnreadableRecordException("more than one JSON object");
        }
    }

    private void keep(Field field, JsonToken token, JsonParser parser) throws IOException {
        switch (token) {
            case VALUE_STRING -> texts.put(field, parser.getText());
            case VALUE_NUMBER_INT -> numbers.put(field, parser.getLongValue());
            case VALUE_TRUE, VALUE_FALSE -> {
                if (field == Field.MENTIONED) {
                    flags.put(field, token == JsonToken.VALUE_TRUE);
                } else {
                    ofAnotherShape = field;
                }
            }
            case VALUE_NULL -> texts.remove(field);
            case START_ARRAY -> {
                if (field == Field.MENTIONS) {
                    mentions = textsOf(parser);
                } else {
                    parser.skipChildren();
                    ofAnotherShape = field;
                }
            }
            default -> {
                // Complained of later: a record of another version may mean something else by it.
                parser.skipChildren();
                ofAnotherShape = field;
            }
        }
    }

    private List<String> textsOf(JsonParser parser) throws IOException {
        List<String> found = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                found.add(parser.getText());
            } else {
                parser.skipChildren();
                ofAnotherShape = Field.MENTIONS;
            }
        }
        return found;
    }

    /** The type of a record whose version this program knows. */
    String eventType() throws UnreadableRecordException {
        long version = number(Field.SCHEMA_VERSION);
        if (version != SCHEMA_VERSION) {
            throw new UnreadableRecordException("unknown schemaVersion " + version);
        }
        String type = text(Field.EVENT_TYPE);
        if (ofAnotherShape != null) {
            throw new UnreadableRecordException(ofAnotherShape + " is of an unexpected shape");
        }
        return type;
    }

    /** The record's own trace id, if it has one that is well-formed. */
    Optional<TraceId> traceId() {
        String text = optionalText(Field.TRACE_ID);
        return text != null && isTrace(text) ? Optional.of(new TraceId(text)) : Optional.empty();
    }

    @Nullable
    String optionalText(Field field) {
        return texts.get(field);
    }

    String text(Field field) throws UnreadableRecordException {
        String text = texts.get(field);
        if (text == null) {
            throw new UnreadableRecordException(field + " is missing or no text");
        }
        return text;
    }

    long number(Field field) throws UnreadableRecordException {
        Long number = numbers.get(field);
        if (number == null) {
            throw new UnreadableRecordException(field + " is missing or no whole number");
        }
        return number;
    }

    boolean flag(Field field) throws UnreadableRecordException {
        Boolean flag = flags.get(field);
        if (flag == null) {
            throw new UnreadableRecordException(field + " is missing or neither true nor false");
        }
        return flag;
    }

    RoomId roomId() throws UnreadableRecordException {
        return parsed(Field.ROOM_ID, text(Field.ROOM_ID), RoomId::parse);
    }

    UserId userId(Field field) throws UnreadableRecordException {
        return parsed(field, text(field), UserId::parse);
    }

    @Nullable
    UserId optionalUserId(Field field) throws UnreadableRecordException {
        return optionalText(field) == null ? null : userId(field);
    }

    ClientMessageId clientMessageId(Field field) throws UnreadableRecordException {
        return parsed(field, text(field), ClientMessageId::parse);
    }

    MessageId messageId(Field field) throws UnreadableRecordException {
        return parsed(field, text(field), MessageId::parse);
    }

    @Nullable
    MessageId optionalMessageId(Field field) throws UnreadableRecordException {
        return optionalText(field) == null ? null : messageId(field);
    }

    Instant instant(Field field) throws UnreadableRecordException {
        return parsed(field, text(field), text -> Optional.ofNullable(InstantText.read(text)));
    }

    @Nullable
    Instant optionalInstant(Field field) throws UnreadableRecordException {
        return optionalText(field) == null ? null : instant(field);
    }

    List<UserId> mentions() throws UnreadableRecordException {
        List<UserId> users = new ArrayList<>(mentions.size());
        for (String mention : mentions) {
            users.add(parsed(Field.MENTIONS, mention, UserId::parse));
        }
        return List.copyOf(users);
    }

    /** The constant of that name. */
    <E extends Enum<E>> E constant(Field field, Class<E> type) throws UnreadableRecordException {
        try {
            return Enum.valueOf(type, text(field));
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("unknown " + field + " '" + text(field) + "'");
        }
    }

    private static <T> T parsed(Field field, String text, Function<String, Optional<T>> parse)
            throws UnreadableRecordException {
        Optional<T> value = parse.apply(text);
        if (value.isEmpty()) {
            throw new UnreadableRecordException(field + " is malformed");
        }
        return value.get();
    }

    private static boolean isTrace(String text) {
        boolean wellFormed = text.length() == TRACE_LENGTH;
        for (int i = 0; wellFormed && i < TRACE_LENGTH; i++) {
            char c = text.charAt(i);
            wellFormed = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        return wellFormed;
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "unknown" : message.lines().findFirst().orElse("unknown");
    }
}
