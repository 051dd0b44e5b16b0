package dev.confab.bench.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an operation from a line of JSON. Fields it does not know are ignored. Used on one thread. */
final class OperationReader {

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Object> fields = new HashMap<>();
    /** Rooms, people and servers come again and again. */
    private final Map<String, String> known = new HashMap<>();

    private long line;

    /** The fields of a line that is no operation: the first and the last one. */
    Map<String, Object> raw(long number, String text) throws IOException {
        line = number;
        fields.clear();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedHistoryException(line, "no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    fields.put(name, parser.getText());
                } else if (value == JsonToken.VALUE_NUMBER_INT) {
                    fields.put(name, parser.getLongValue());
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new MalformedHistoryException(line, "no whole JSON object");
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
            throw new MalformedHistoryException(line, "not JSON: " + malformed.getOriginalMessage());
        }
        return fields;
    }

    Operation read(long number, String text) throws IOException {
        Map<String, Object> unused = raw(number, text);
        Operation.At at = new Operation.At(
                number("t"), number("w"), (int) number("c", Operation.At.NOBODY), (int) number("n", 0));
        String kind = text("k");
        return switch (kind) {
            case "connected" -> new Operation.Connected(at, repeated("user"), repeated("server"), repeated("epoch"));
            case "joining" -> new Operation.Joining(at, room(), number("lastSeq", Operation.Joining.NONE));
            case "joined" ->
                new Operation.Joined(
                        at, room(), number("head"), choice(Operation.Begin.class, "begin"), number("gapFrom", 0));
            case "notJoined" -> new Operation.NotJoined(at, room(), text("code"));
            case "left" -> new Operation.Left(at, room());
            case "sent" -> new Operation.Sent(at, room(), text("key"), text("content"));
            case "changing" -> new Operation.Changing(at, room(), text("key"), text("message"), optional("content"));
            case "accepted" -> new Operation.Accepted(at, text("key"));
            case "failed" -> new Operation.Failed(at, text("key"), repeated("code"));
            case "persisted" -> new Operation.Persisted(at, room(), text("key"), text("id"), number("seq"));
            case "rejected" -> new Operation.Rejected(at, room(), text("key"), repeated("code"));
            case "received" -> new Operation.Received(at, shown());
            case "fetched" -> new Operation.Fetched(at, shown());
            case "stored" -> new Operation.Stored(at, shown());
            case "roomHead" -> new Operation.RoomHead(at, room(), number("seq"));
            case "closed" -> new Operation.Closed(at, (int) number("code"));
            case "until" -> new Operation.Until(at, room(), number("seq"));
            case "outcome" ->
                new Operation.Outcome(
                        at,
                        room(),
                        text("key"),
                        choice(Operation.Status.class, "status"),
                        optional("id"),
                        number("seq"),
                        optional("reason"));
            case "historyRead" -> new Operation.HistoryRead(at, room(), number("head"), repeated("epoch"));
            case "fault" -> new Operation.Fault(at, text("what"));
            default -> throw new MalformedHistoryException(line, "there is no operation '" + kind + "'");
        };
    }

    private Shown shown() throws IOException {
        return new Shown(
                choice(Shown.What.class, "what"),
                room(),
                number("seq"),
                text("id"),
                optional("key"),
                fields.containsKey("sender") ? repeated("sender") : null,
                repeated("type"),
                optional("content"));
    }

    private String room() throws IOException {
        return repeated("room");
    }

    private String repeated(String name) throws IOException {
        String value = text(name);
        String first = known.putIfAbsent(value, value);
        return first == null ? value : first;
    }

    private <E extends Enum<E>> E choice(Class<E> type, String name) throws IOException {
        String value = text(name);
        for (E each : type.getEnumConstants()) {
            if (each.name().equals(value)) {
                return each;
            }
        }
        throw new MalformedHistoryException(line, "'" + name + "' cannot be '" + value + "'");
    }

    private String text(String name) throws IOException {
        if (fields.get(name) instanceof String value) {
            return value;
        }
        throw new MalformedHistoryException(line, "'" + name + "' is missing or no text");
    }

    private @Nullable String optional(String name) {
        return fields.get(name) instanceof String value ? value : null;
    }

    private long number(String name) throws IOException {
        if (fields.get(name) instanceof Long value) {
            return value;
        }
        throw new MalformedHistoryException(line, "'" + name + "' is missing or no whole number");
    }

    private long number(String name, long otherwise) {
        return fields.get(name) instanceof Long value ? value : otherwise;
    }
}
