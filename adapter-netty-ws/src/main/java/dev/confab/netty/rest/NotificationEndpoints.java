package dev.confab.netty.rest;

import static io.netty.handler.codec.http.HttpMethod.PUT;

import dev.confab.chat.Chat;
import dev.confab.chat.model.NotificationLevel;
import dev.confab.chat.model.RoomId;
import dev.confab.netty.wire.Fields;
import dev.confab.netty.wire.MalformedJsonException;
import java.util.List;
import java.util.Optional;

/** Of what people are told while they are away. */
final class NotificationEndpoints {

    private final Chat chat;

    NotificationEndpoints(Chat chat) {
        this.chat = chat;
    }

    List<Route> routes() {
        return List.of(Route.user(PUT, "/rooms/{roomId}/notifications", this::set));
    }

    private Answer set(Call call) throws MalformedJsonException {
        RoomId roomId = call.roomId();
        Fields fields = call.fields();
        Optional<NotificationLevel> level = fields.requiredWord("level", NotificationLevel.class);
        Call.check(fields);
        return Answer.of(
                chat.setNotificationLevel().set(call.caller(), roomId, level.orElseThrow()), set -> Answer.noContent());
    }
}
