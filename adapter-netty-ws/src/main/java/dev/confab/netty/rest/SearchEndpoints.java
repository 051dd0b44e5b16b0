package dev.confab.netty.rest;

import static io.netty.handler.codec.http.HttpMethod.GET;

import dev.confab.chat.Chat;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.RoomId;
import dev.confab.netty.wire.ChatJson;
import java.util.List;

/** Looking for messages by their words. */
final class SearchEndpoints {

    private static final int MAX_PAGE = 100;

    private final Chat chat;

    SearchEndpoints(Chat chat) {
        this.chat = chat;
    }

    List<Route> routes() {
        return List.of(Route.user(GET, "/search", this::search));
    }

    private Answer search(Call call) {
        Query query = call.query();
        String text = query.text("q");
        RoomId roomId = query.parsed("roomId", RoomId::parse);
        MessageId before = query.parsed("cursor", MessageId::parse);
        int limit = query.limit(MAX_PAGE);
        query.check();
        return Answer.of(
                chat.searchMessages().search(call.caller(), text, roomId, before, limit),
                page -> Pages.answer(
                        page.items(),
                        ChatJson::message,
                        page.next().map(MessageId::toString).orElse(null),
                        page.hasMore()));
    }
}
