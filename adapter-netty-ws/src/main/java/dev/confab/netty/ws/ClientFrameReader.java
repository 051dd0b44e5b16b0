package dev.confab.netty.ws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.chat.model.ChatLimits;
import dev.confab.netty.wire.Json;
import dev.confab.netty.wire.MalformedJsonException;
import io.netty.buffer.ByteBuf;
import java.util.Objects;

/** Reads the envelope of a text frame: {@code {"event":…, "ref":…, "data":{…}}}. */
final class ClientFrameReader {

    private ClientFrameReader() {}

    /**
     * Reads a whole text message.
     *
     * @param utf8 checked to be UTF-8; not released
     */
    static ClientFrame read(ByteBuf utf8) {
        try {
            return envelope(Json.readCheckedObject(utf8), utf8);
        } catch (MalformedJsonException e) {
            return new ClientFrame.Malformed(null, Objects.requireNonNullElse(e.getMessage(), "This is not JSON."));
        }
    }

    private static ClientFrame envelope(ObjectNode frame, ByteBuf utf8) throws MalformedJsonException {
        JsonNode refNode = frame.path("ref");
        Ref ref = null;
        if (refNode.isTextual()) {
            String text = refNode.textValue();
            if (ChatLimits.characters("ref", text).isPresent()) {
                return new ClientFrame.Invalid(null, "ref must not contain NUL or half of a surrogate pair");
            }
            ref = new Ref.Text(text);
        } else if (refNode.isNumber()) {
            ref = new Ref.Digits(digits(refNode, utf8));
        }
        JsonNode event = frame.path("event");
        if (!event.isTextual()) {
            return new ClientFrame.Malformed(ref, "A frame has an event, which is a string.");
        }
        if (ref == null && !refNode.isMissingNode() && !refNode.isNull()) {
            return new ClientFrame.Invalid(null, "ref must be a string or a number");
        }
        JsonNode data = frame.path("data");
        if (data.isMissingNode() || data.isNull()) {
            return new ClientFrame.Request(event.textValue(), ref, JsonNodeFactory.instance.objectNode());
        }
        if (data instanceof ObjectNode object) {
            return new ClientFrame.Request(event.textValue(), ref, object);
        }
        return new ClientFrame.Invalid(ref, "data must be an object");
    }

    /** As the client wrote it: any whole number but zero can be written in one way only. */
    private static String digits(JsonNode number, ByteBuf utf8) {
        return number.isIntegralNumber() && number.canConvertToLong() && number.longValue() != 0
                ? Long.toString(number.longValue())
                : Json.numberText(utf8, "ref");
    }
}
