package dev.confab.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.bench.history.Fingerprint;
import dev.confab.bench.history.Shown;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames. The same event reaches many clients in the same bytes, so the last ones are kept and not read again: bytes
 * are compared, so what is taken for the same is the same. One for each event loop, used on it alone.
 */
final class FrameReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEPT = 1_024;

    private final Numbers numbers;
    private final CRC32C checksum = new CRC32C();
    private final Map<Long, Known> known = new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
            return size() > KEPT;
        }
    };

    private static final class Known {
        final byte[] bytes;
        final ServerFrame.Event event;

        Known(byte[] bytes, ServerFrame.Event event) {
            this.bytes = bytes;
            this.event = event;
        }
    }

    FrameReader(Numbers numbers) {
        this.numbers = numbers;
    }

    /**
     * Reads a frame.
     *
     * @throws IOException if it is no JSON object
     */
    ServerFrame read(ByteBuf text) throws IOException {
        byte[] bytes = ByteBufUtil.getBytes(text);
        checksum.reset();
        checksum.update(bytes);
        long name = (checksum.getValue() << 24) ^ bytes.length;
        Known same = known.get(name);
        if (same != null && Arrays.equals(same.bytes, bytes)) {
            return same.event;
        }
        ServerFrame frame = read(JSON.readTree(bytes));
        if (frame instanceof ServerFrame.Event event) {
            known.put(name, new Known(bytes, event));
        }
        return frame;
    }

    private ServerFrame read(JsonNode frame) {
        JsonNode data = frame.path("data");
        String event = frame.path("event").asText();
        return switch (event) {
            case "newMessage" -> event(data, Shown.What.NEW, data.path("seq").asLong());
            case "messageEdited" ->
                event(data, Shown.What.EDITED, data.path("changeSeq").asLong());
            case "messageDeleted" ->
                event(data, Shown.What.DELETED, data.path("changeSeq").asLong());
            case "messageAccepted" ->
                new ServerFrame.Accepted(data.path("clientMsgId").asText());
            case "messageFailed" ->
                new ServerFrame.Failed(
                        data.path("clientMsgId").asText(),
                        data.path("code").asText(),
                        data.path("retryable").asBoolean());
            case "messageRejected" ->
                new ServerFrame.Rejected(
                        data.path("roomId").asText(),
                        data.hasNonNull("clientMsgId")
                                ? data.path("clientMsgId").asText()
                                : data.path("commandId").asText(),
                        data.path("code").asText());
            case "roomHead" ->
                new ServerFrame.Head(
                        data.path("roomId").asText(), data.path("seq").asLong());
            case "connected" ->
                new ServerFrame.Greeting(
                        data.path("userId").asText(),
                        data.path("serverId").asText(),
                        data.path("epoch").asText());
            case "reply" -> new ServerFrame.Reply(frame.path("ref").asText(), data);
            case "error" ->
                new ServerFrame.Refusal(
                        textOrNull(frame, "ref"), data.path("code").asText());
            case "memberLeft", "memberRemoved", "memberBanned" ->
                new ServerFrame.Gone(
                        data.path("roomId").asText(), data.path("userId").asText());
            default -> new ServerFrame.Other(event);
        };
    }

    private ServerFrame.Event event(JsonNode message, Shown.What what, long seq) {
        Shown shown = shown(message, what, seq);
        String key = shown.key();
        return new ServerFrame.Event(shown, key == null ? Numbers.NONE : numbers.number(key));
    }

    /** An event of a timeline as it is pushed or listed. */
    static Shown shown(JsonNode message, Shown.What what, long seq) {
        String content = textOrNull(message, "content");
        return new Shown(
                what,
                message.path("roomId").asText(),
                seq,
                message.path("id").asText(),
                textOrNull(message, "clientMsgId"),
                textOrNull(message, "senderId"),
                message.path("type").asText(),
                content == null ? null : Fingerprint.of(content));
    }

    private static @Nullable String textOrNull(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.path(name).asText() : null;
    }
}
