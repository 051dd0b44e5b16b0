package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The frames of the measurements. Safe on any thread. */
final class Frames {

    /** 128 characters of content, so that a command's record is of a usual size. */
    static final String CONTENT =
            "A message of a usual length, as people write them. ".repeat(3).substring(0, 128);

    private static final AtomicLong COUNT = new AtomicLong();
    private static final String RUN = UUID.randomUUID().toString().substring(0, 24);
    private static final int KIND = "{\"event\":\"".length();

    private Frames() {}

    /** A new message for the room, with an id of its own. */
    static ByteBuf sendMessage(RoomId room) {
        String id = RUN + String.format("%012x", COUNT.incrementAndGet());
        String text = "{\"event\":\"sendMessage\",\"ref\":1,\"data\":{\"roomId\":\"" + room + "\",\"clientMsgId\":\""
                + id + "\",\"type\":\"TEXT\",\"content\":\"" + CONTENT + "\"}}";
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static ByteBuf joinRoom(RoomId room) {
        return Unpooled.copiedBuffer(
                "{\"event\":\"joinRoom\",\"ref\":1,\"data\":{\"roomId\":\"" + room + "\"}}", StandardCharsets.UTF_8);
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
