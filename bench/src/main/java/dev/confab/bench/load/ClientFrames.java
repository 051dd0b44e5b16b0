package dev.confab.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;

/** What clients send. All of it is ASCII, and needs no escapes. */
final class ClientFrames {

    private ClientFrames() {}

    /**
     * A join.
     *
     * @param ref is repeated in the answer
     * @param lastSeq negative for none
     */
    static ByteBuf join(int ref, String room, long lastSeq, String epoch) {
        String resume = lastSeq < 0 ? "" : ",\"lastSeq\":" + lastSeq + ",\"epoch\":\"" + epoch + '"';
        return text("{\"event\":\"joinRoom\",\"ref\":" + ref + ",\"data\":{\"roomId\":\"" + room + '"' + resume + "}}");
    }

    static ByteBuf message(String room, String key, String content) {
        return text("{\"event\":\"sendMessage\",\"ref\":\"s\",\"data\":{\"roomId\":\"" + room + "\",\"clientMsgId\":\""
                + key + "\",\"type\":\"TEXT\",\"content\":\"" + content + "\"}}");
    }

    static ByteBuf edit(String ref, String room, String key, String message, String content) {
        return text(change("editMessage", ref, room, key, message) + ",\"content\":\"" + content + "\"}}");
    }

    static ByteBuf deletion(String ref, String room, String key, String message) {
        return text(change("deleteMessage", ref, room, key, message) + "}}");
    }

    private static String change(String event, String ref, String room, String key, String message) {
        return "{\"event\":\"" + event + "\",\"ref\":\"" + ref + "\",\"data\":{\"roomId\":\"" + room
                + "\",\"commandId\":\"" + key + "\",\"messageId\":\"" + message + '"';
    }

    private static ByteBuf text(String text) {
        return ByteBufUtil.writeAscii(UnpooledByteBufAllocator.DEFAULT, text);
    }
}
