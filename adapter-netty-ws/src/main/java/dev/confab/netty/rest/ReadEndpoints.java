package dev.confab.netty.rest;

import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.POST;

import dev.confab.chat.Chat;
import dev.confab.chat.model.Marking;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Unread;
import dev.confab.chat.model.UserId;
import dev.confab.netty.wire.ChatJson;
import dev.confab.netty.wire.Fields;
import dev.confab.netty.wire.MalformedJsonException;
import java.util.List;
import java.util.Optional;

/** Read markers and what is behind them. */
final class ReadEndpoints {

    private static final int MAX_PAGE = 100;

    private final Chat chat;

    ReadEndpoints(Chat chat) {
        this.chat = chat;
    }

    List<Route> routes() {
        return List.of(
                Route.user(POST, "/rooms/{roomId}/read", this::markRead),
                Route.user(GET, "/rooms/{roomId}/messages/{messageId}/reads", this::readers),
                Route.user(GET, "/unread", this::unread));
    }

    private Answer markRead(Call call) throws MalformedJsonException {
        RoomId roomId = call.roomId();
        Fields fields = call.fields();
        Optional<MessageId> messageId = fields.requiredId("lastReadMessageId", MessageId::parse);
        Call.check(fields);
        return Answer.of(
                chat.markRead().markRead(call.caller(), roomId, messageId.orElseThrow()),
                marked -> marker(roomId, call.caller(), marked));
    }

    private static Answer marker(RoomId roomId, UserId userId, Marking.Marked marked) {
        MessageId lastRead = marked.lastReadMessageId();
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeStringField("roomId", roomId.toString());
            json.writeStringField("userId", userId.toString());
            json.writeStringField("lastReadMessageId", lastRead == null ? null : lastRead.toString());
            json.writeNumberField("lastReadSeq", marked.lastReadSeq().value());
            json.writeNumberField("unreadCount", marked.unreadCount());
            json.writeEndObject();
        });
    }

    private Answer readers(Call call) {
        RoomId roomId = call.roomId();
        MessageId messageId = call.messageId();
        Query query = call.query();
        UserId after = query.parsed("cursor", UserId::parse);
        int limit = query.limit(MAX_PAGE);
        query.check();
        return Answer.of(
                chat.listReaders().list(call.caller(), roomId, messageId, after, limit),
                page -> Pages.answer(
                        page.items(),
                        ChatJson::readBy,
                        page.next().map(UserId::toString).orElse(null),
                        page.hasMore()));
    }

    private Answer unread(Call call) {
        List<Unread> rooms = chat.countUnread().unread(call.caller());
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeNumberField(
                    "total", rooms.stream().mapToLong(Unread::count).sum());
            json.writeArrayFieldStart("rooms");
            for (Unread room : rooms) {
                json.writeStartObject();
                json.writeStringField("roomId", room.roomId().toString());
                json.writeNumberField("unreadCount", room.count());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
