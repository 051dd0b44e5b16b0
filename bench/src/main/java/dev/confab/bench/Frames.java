package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The frames of the measurements. Safe on any thread. */
final class Frames {

    /** 128 characters of content, so that a command's record is of a usual size. */
    static final String CONTENT =
            "A message of a usual length, as people write them. ".repeat(3).substring(0, 128);

    private static final AtomicLong COUNT = new AtomicLong();
    private static final String RUN = UUID.randomUUID().toString().substring(0, 24);
    private static final ByteBuf RUN_BYTES =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(RUN, StandardCharsets.US_ASCII));
    private static final int DIGITS = 12;
    private static final HexFormat HEX = HexFormat.of();
    private static final int KIND = "{\"event\":\"".length();

    private Frames() {}

    /** A new message for the room, with an id of its own. */
    static ByteBuf sendMessage(RoomId room) {
        return sendMessage(room, next());
    }

    /** The number of the next message. */
    static long next() {
        return COUNT.incrementAndGet();
    }

    /** The message of a number. */
    static ByteBuf sendMessage(RoomId room, long number) {
        return sendMessage(room, number, CONTENT);
    }

    /**
     * The message of a number.
     *
     * @param content of plain ASCII
     */
    static ByteBuf sendMessage(RoomId room, long number, String content) {
        String id = RUN + HEX.toHexDigits(number, DIGITS);
        String text = "{\"event\":\"sendMessage\",\"ref\":1,\"data\":{\"roomId\":\"" + room + "\",\"clientMsgId\":\""
                + id + "\",\"type\":\"TEXT\",\"content\":\"" + content + "\"}}";
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The number of the message in an event. */
    static long number(ByteBuf text) {
        int at = ByteBufUtil.indexOf(RUN_BYTES, text);
        if (at < 0) {
            throw new IllegalArgumentException("no message of this run");
        }
        int end = at + RUN.length() + DIGITS;
        long number = 0;
        for (int i = at + RUN.length(); i < end; i++) {
            number = number << 4 | HexFormat.fromHexDigit(text.getByte(i));
        }
        return number;
    }

    static ByteBuf joinRoom(RoomId room) {
        return Unpooled.copiedBuffer(
                "{\"event\":\"joinRoom\",\"ref\":1,\"data\":{\"roomId\":\"" + room + "\"}}", StandardCharsets.UTF_8);
    }

    /** Joins several rooms, from a place on; null: from now on. */
    static ByteBuf joinRooms(List<RoomId> rooms, @Nullable Long lastSeq) {
        String from = lastSeq == null ? "" : ",\"lastSeq\":" + lastSeq;
        String each = rooms.stream()
                .map(room -> "{\"roomId\":\"" + room + "\"" + from + "}")
                .collect(Collectors.joining(","));
        return Unpooled.copiedBuffer(
                "{\"event\":\"joinRooms\",\"ref\":1,\"data\":{\"rooms\":[" + each + "]}}", StandardCharsets.UTF_8);
    }

    static boolean is(String event, ByteBuf text) {
        int start = text.readerIndex() + KIND;
        if (text.writerIndex() < start + event.length() + 1) {
            return false;
        }
        for (int i = 0; i < event.length(); i++) {
            if (text.getByte(start + i) != event.charAt(i)) {
                return false;
            }
        }
        return text.getByte(start + event.length()) == '"';
    }
}
