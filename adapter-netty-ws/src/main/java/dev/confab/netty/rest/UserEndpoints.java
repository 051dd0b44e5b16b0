package dev.confab.netty.rest;

import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.PATCH;
import static io.netty.handler.codec.http.HttpMethod.POST;

import dev.confab.chat.Chat;
import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.UserCursor;
import dev.confab.chat.model.UserId;
import dev.confab.netty.wire.ChatJson;
import dev.confab.netty.wire.Fields;
import dev.confab.netty.wire.MalformedJsonException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** People, and whether they are there. */
final class UserEndpoints {

    private static final int MAX_PAGE = 100;

    private final Chat chat;

    UserEndpoints(Chat chat) {
        this.chat = chat;
    }

    List<Route> routes() {
        return List.of(
                Route.user(GET, "/users/me", this::me),
                Route.user(PATCH, "/users/me", this::rename),
                Route.user(GET, "/users", this::search),
                Route.user(GET, "/users/{userId}", this::profile),
                Route.user(POST, "/presence/query", this::presence),
                Route.user(GET, "/rooms/{roomId}/online", this::online));
    }

    private Answer me(Call call) {
        return Answer.of(chat.findUser().find(call.caller()), user -> Answer.ok(json -> ChatJson.account(json, user)));
    }

    private Answer rename(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        String nickname = fields.text("nickname");
        Call.check(fields);
        return Answer.of(
                chat.renameUser().rename(call.caller(), nickname),
                user -> Answer.ok(json -> ChatJson.account(json, user)));
    }

    private Answer profile(Call call) {
        return Answer.of(chat.findUser().find(call.userId()), user -> Answer.ok(json -> ChatJson.profile(json, user)));
    }

    private Answer online(Call call) {
        return Answer.of(
                chat.listOnline().online(call.caller(), call.roomId()),
                online -> Answer.ok(json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("items");
                    for (Map.Entry<UserId, PresenceStatus> each : online.entrySet()) {
                        ChatJson.online(json, each.getKey(), each.getValue());
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }));
    }

    private Answer search(Call call) {
        Query query = call.query();
        String asked = query.text("q");
        UserCursor after = query.parsed("cursor", UserCursors::read);
        int limit = query.limit(MAX_PAGE);
        query.check();
        return Answer.of(
                chat.searchUsers().search(asked, after, limit),
                page -> Pages.answer(
                        page.items(),
                        ChatJson::profile,
                        page.next().map(UserCursors::text).orElse(null),
                        page.hasMore()));
    }

    private Answer presence(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        Optional<List<UserId>> asked = fields.requiredIds("userIds", ChatLimits.MAX_PRESENCE_QUERY, UserId::parse);
        Call.check(fields);
        Set<UserId> userIds = new LinkedHashSet<>(asked.orElseThrow());
        Map<UserId, PresenceStatus> statuses = chat.queryPresence().query(userIds);
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (UserId userId : userIds) {
                ChatJson.presence(json, userId, statuses.getOrDefault(userId, PresenceStatus.UNKNOWN));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
