package dev.confab.netty.ws;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.netty.wire.EventJson;
import dev.confab.netty.wire.JsonBody;
import dev.confab.netty.wire.Timestamps;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frames the server sends, ready to be written. The caller owns what these methods return. */
final class ServerFrames {

    /** Words of the answer that is given most often, encoded once. */
    private static final SerializableString EVENT = new SerializedString("event");

    private static final SerializableString REF = new SerializedString("ref");
    private static final SerializableString DATA = new SerializedString("data");
    private static final SerializableString MESSAGE_ACCEPTED = new SerializedString("messageAccepted");
    private static final SerializableString CLIENT_MSG_ID = new SerializedString("clientMsgId");
    private static final SerializableString STATUS = new SerializedString("status");
    private static final SerializableString ACCEPTED = new SerializedString("ACCEPTED");

    private ServerFrames() {}

    /** What {@code connected} tells. */
    record Welcome(
            UserId userId,
            String name,
            ConnectionId connectionId,
            Epoch epoch,
            Instant serverTime,
            WebSocketSettings settings) {}

    static ByteBuf connected(ByteBufAllocator allocator, @Nullable Ref ref, Welcome welcome) {
        return frame(allocator, "connected", ref, json -> {
            json.writeStartObject();
            json.writeStringField("userId", welcome.userId().toString());
            json.writeStringField("name", welcome.name());
            json.writeStringField("sessionId", welcome.connectionId().toString());
            json.writeStringField("serverId", welcome.settings().serverId().value());
            json.writeStringField("epoch", welcome.epoch().value());
            json.writeNumberField(
                    "heartbeatIntervalMs", welcome.settings().heartbeat().toMillis());
            json.writeNumberField("maxFrameBytes", welcome.settings().maxFrameBytes());
            json.writeFieldName("serverTime");
            Timestamps.write(json, welcome.serverTime());
            json.writeEndObject();
        });
    }

    static ByteBuf error(ByteBufAllocator allocator, @Nullable Ref ref, Refusal refusal) {
        return error(
                allocator,
                ref,
                refusal.code().word(),
                refusal.message(),
                refusal.code().retryable());
    }

    static ByteBuf error(
            ByteBufAllocator allocator, @Nullable Ref ref, String code, String message, boolean retryable) {
        return frame(allocator, "error", ref, json -> {
            json.writeStartObject();
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeBooleanField("retryable", retryable);
            json.writeEndObject();
        });
    }

    /** {@code {success:true}}. */
    static ByteBuf done(ByteBufAllocator allocator, @Nullable Ref ref) {
        return reply(allocator, ref, json -> {
            json.writeStartObject();
            json.writeBooleanField("success", true);
            json.writeEndObject();
        });
    }

    static ByteBuf marked(ByteBufAllocator allocator, @Nullable Ref ref, long unreadCount) {
        return reply(allocator, ref, json -> {
            json.writeStartObject();
            json.writeBooleanField("success", true);
            json.writeNumberField("unreadCount", unreadCount);
            json.writeEndObject();
        });
    }

    /** An edit or a deletion is under way. */
    static ByteBuf changing(ByteBufAllocator allocator, @Nullable Ref ref, ClientMessageId commandId) {
        return reply(allocator, ref, json -> {
            json.writeStartObject();
            json.writeBooleanField("success", true);
            json.writeStringField("commandId", commandId.toString());
            json.writeEndObject();
        });
    }

    static ByteBuf joined(ByteBufAllocator allocator, @Nullable Ref ref, LiveChat.Entry entry) {
        return reply(allocator, ref, json -> entry(json, entry));
    }

    /** The answers to the joins of {@code rooms}, in the same order. */
    static ByteBuf joinedAll(
            ByteBufAllocator allocator,
            @Nullable Ref ref,
            List<LiveChat.Resume> rooms,
            List<Result<LiveChat.Entry>> results) {
        return reply(allocator, ref, json -> {
            json.writeStartObject();
            json.writeBooleanField("success", true);
            json.writeArrayFieldStart("rooms");
            for (int i = 0; i < results.size(); i++) {
                switch (results.get(i)) {
                    case Result.Ok<LiveChat.Entry> ok -> entry(json, ok.value());
                    case Result.Refused<LiveChat.Entry> refused -> {
                        json.writeStartObject();
                        json.writeBooleanField("success", false);
                        json.writeStringField("roomId", rooms.get(i).roomId().toString());
                        json.writeStringField("code", refused.refusal().code().word());
                        json.writeEndObject();
                    }
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void entry(JsonGenerator json, LiveChat.Entry entry) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("success", true);
        json.writeStringField("roomId", entry.roomId().toString());
        json.writeNumberField("seq", entry.seq().value());
        json.writeStringField("epoch", entry.epoch().value());
        json.writeBooleanField("recovered", entry.recovered());
        LiveChat.Gap gap = entry.gap();
        if (gap == null) {
            json.writeNullField("gap");
        } else {
            json.writeObjectFieldStart("gap");
            json.writeNumberField("from", gap.from().value());
            json.writeNumberField("to", gap.to().value());
            if (gap.purged()) {
                json.writeBooleanField("purged", true);
            }
            json.writeEndObject();
        }
        json.writeBooleanField("reset", entry.reset());
        json.writeEndObject();
    }

    static ByteBuf messageAccepted(ByteBufAllocator allocator, @Nullable Ref ref, ClientMessageId id) {
        return frame(allocator, MESSAGE_ACCEPTED, ref, json -> {
            json.writeStartObject();
            json.writeFieldName(CLIENT_MSG_ID);
            byte[] text = id.toString().getBytes(StandardCharsets.US_ASCII);
            json.writeRawUTF8String(text, 0, text.length);
            json.writeFieldName(STATUS);
            json.writeString(ACCEPTED);
            json.writeEndObject();
        });
    }

    /** {@code clientMsgId} as the client wrote it; null where it wrote none. */
    static ByteBuf messageFailed(
            ByteBufAllocator allocator, @Nullable Ref ref, @Nullable String clientMsgId, Refusal refusal) {
        return frame(allocator, "messageFailed", ref, json -> {
            json.writeStartObject();
            json.writeStringField("clientMsgId", clientMsgId);
            json.writeStringField("status", "FAILED");
            json.writeStringField("code", refusal.code().word());
            json.writeStringField("message", refusal.message());
            json.writeBooleanField("retryable", refusal.code().retryable());
            json.writeEndObject();
        });
    }

    static ByteBuf event(ByteBufAllocator allocator, ChatEvent event) {
        return frame(allocator, EventJson.name(event), null, json -> EventJson.data(json, event));
    }

    static ByteBuf roomHead(ByteBufAllocator allocator, RoomId roomId, Sequence seq) {
        return frame(allocator, "roomHead", null, json -> {
            json.writeStartObject();
            json.writeStringField("roomId", roomId.toString());
            json.writeNumberField("seq", seq.value());
            json.writeEndObject();
        });
    }

    static ByteBuf goAway(ByteBufAllocator allocator, String reason, Duration reconnectAfter) {
        return frame(allocator, "goAway", null, json -> {
            json.writeStartObject();
            json.writeStringField("reason", reason);
            json.writeNumberField("reconnectAfterMs", reconnectAfter.toMillis());
            json.writeEndObject();
        });
    }

    private static ByteBuf reply(ByteBufAllocator allocator, @Nullable Ref ref, JsonBody data) {
        return frame(allocator, "reply", ref, data);
    }

    private static ByteBuf frame(ByteBufAllocator allocator, String event, @Nullable Ref ref, JsonBody data) {
        return frame(allocator, new SerializedString(event), ref, data);
    }

    private static ByteBuf frame(
            ByteBufAllocator allocator, SerializableString event, @Nullable Ref ref, JsonBody data) {
        return FrameBuffer.text(allocator, json -> {
            json.writeStartObject();
            json.writeFieldName(EVENT);
            json.writeString(event);
            if (ref != null) {
                json.writeFieldName(REF);
                ref.write(json);
            }
            json.writeFieldName(DATA);
            data.write(json);
            json.writeEndObject();
        });
    }
}
