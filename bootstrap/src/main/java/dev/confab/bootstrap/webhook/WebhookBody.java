package dev.confab.bootstrap.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.chat.model.Notification;
import dev.confab.netty.wire.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A notification as JSON. Safe on any thread. */
final class WebhookBody {

    /** Emoji as they are, and not as escapes. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build());

    private WebhookBody() {}

    static byte[] write(Notification notification) {
        ObjectNode body = JSON.createObjectNode();
        body.put("id", notification.id().toString());
        body.put("userId", notification.userId().toString());
        body.put("roomId", notification.roomId().toString());
        body.put("roomName", notification.roomName());
        body.put("messageId", notification.messageId().toString());
        body.put("seq", notification.seq().value());
        body.put("senderId", notification.senderId().toString());
        body.put("senderName", notification.senderName());
        body.put("type", notification.type().name());
        body.put("preview", notification.preview());
        body.put("mentioned", notification.mentioned());
        body.put("createdAt", Timestamps.format(notification.createdAt()));
        body.put("traceId", notification.traceId().value());
        try {
            return JSON.writeValueAsBytes(body);
        } catch (IOException e) {
            // No I/O takes place here.
            throw new UncheckedIOException(e);
        }
    }
}
