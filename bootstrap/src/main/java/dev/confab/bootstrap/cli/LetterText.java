package dev.confab.bootstrap.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.LetterState;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.port.in.HandleDeadLetters.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dead letters for a terminal and for programs. Nothing that a record contains reaches a terminal unescaped. */
final class LetterText {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int LONGEST_TEXT = 4_000;
    private static final int MOST_BYTES = 1_024;
    private static final int BYTES_IN_A_LINE = 16;

    private LetterText() {}

    static String time(Instant time) {
        return TIME.format(time);
    }

    static String word(LetterCause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }

    static String word(@Nullable LetterState state) {
        return state == null ? "open" : state.kind().name().toLowerCase(Locale.ROOT) + " at " + time(state.at());
    }

    static String origin(ParkedLetter letter) {
        return letter.origin() == null ? "unknown" : safe(letter.origin().toString());
    }

    static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    /** With what a terminal would obey, or could not show, as escapes. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            boolean harmless = point == ' '
                    || (type != Character.CONTROL
                            && type != Character.FORMAT
                            && type != Character.SURROGATE
                            && type != Character.PRIVATE_USE
                            && type != Character.UNASSIGNED
                            && type != Character.LINE_SEPARATOR
                            && type != Character.PARAGRAPH_SEPARATOR);
            if (harmless) {
                safe.appendCodePoint(point);
            } else if (Character.isBmpCodePoint(point)) {
                safe.append(String.format("\\u%04x", point));
            } else {
                safe.append(String.format("\\U%08x", point));
            }
        });
        return safe.toString();
    }

    /** Text as text, all else as bytes in hexadecimal; the beginning of it where it is long. */
    static String content(byte[] bytes) {
        if (bytes.length == 0) {
            return "(none)";
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.length() <= LONGEST_TEXT
                    ? safe(text)
                    : safe(text.substring(0, LONGEST_TEXT)) + " … (" + bytes.length
                            + " bytes in all; --raw writes them)";
        } catch (CharacterCodingException noText) {
            return hex(bytes);
        }
    }

    private static String hex(byte[] bytes) {
        StringBuilder lines = new StringBuilder("(no UTF-8)");
        int end = Math.min(bytes.length, MOST_BYTES);
        for (int from = 0; from < end; from += BYTES_IN_A_LINE) {
            lines.append(String.format("%n    %08x ", from));
            for (int i = from; i < Math.min(end, from + BYTES_IN_A_LINE); i++) {
                lines.append(String.format(" %02x", bytes[i]));
            }
        }
        if (end < bytes.length) {
            lines.append(String.format("%n    … (%d bytes in all; --raw writes them)", bytes.length));
        }
        return lines.toString();
    }

    /** All that is known but the record itself. */
    static ObjectNode json(Entry entry) {
        ParkedLetter letter = entry.letter();
        ObjectNode node = JSON.createObjectNode();
        node.put("id", letter.id().toString());
        node.put("parkedAt", time(letter.parkedAt()));
        node.put("cause", word(letter.cause()));
        node.put("reason", letter.reason());
        if (letter.origin() == null) {
            node.putNull("origin");
        } else {
            node.putObject("origin")
                    .put("topic", letter.origin().log())
                    .put("partition", letter.origin().partition())
                    .put("offset", letter.origin().offset());
        }
        node.put(
                "traceId",
                letter.traceId().value().isEmpty() ? null : letter.traceId().value());
        LetterAddressee whose = letter.addressee();
        node.put("roomId", whose == null ? null : whose.roomId().toString());
        node.put("senderId", whose == null ? null : whose.senderId().toString());
        node.put("commandId", whose == null ? null : whose.commandId().toString());
        node.put(
                "messageId",
                whose == null || whose.messageId() == null
                        ? null
                        : whose.messageId().toString());
        node.put("cutFrom", letter.cutFrom() == 0 ? null : letter.cutFrom());
        LetterState state = entry.state();
        node.put("state", state == null ? "open" : state.kind().name().toLowerCase(Locale.ROOT));
        node.put("stateAt", state == null ? null : time(state.at()));
        return node;
    }

    static String write(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
