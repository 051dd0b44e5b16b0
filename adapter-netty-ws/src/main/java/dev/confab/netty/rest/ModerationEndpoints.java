package dev.confab.netty.rest;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.PATCH;
import static io.netty.handler.codec.http.HttpMethod.POST;
import static io.netty.handler.codec.http.HttpMethod.PUT;

import dev.confab.chat.Chat;
import dev.confab.chat.model.AuditCursor;
import dev.confab.chat.model.BanCursor;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.ModerateRoom;
import dev.confab.netty.wire.ChatJson;
import dev.confab.netty.wire.Fields;
import dev.confab.netty.wire.MalformedJsonException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is done to rooms and to others in them, and the record of it. */
final class ModerationEndpoints {

    private static final int MAX_PAGE = 100;

    private final Chat chat;

    ModerationEndpoints(Chat chat) {
        this.chat = chat;
    }

    List<Route> routes() {
        return List.of(
                Route.user(PATCH, "/rooms/{roomId}", this::update),
                Route.user(POST, "/rooms/{roomId}/close", this::close),
                Route.user(POST, "/rooms/{roomId}/members", this::invite),
                Route.user(PATCH, "/rooms/{roomId}/members/{userId}", this::changeRole),
                Route.user(DELETE, "/rooms/{roomId}/members/{userId}", this::remove),
                Route.user(GET, "/rooms/{roomId}/bans", this::bans),
                Route.user(PUT, "/rooms/{roomId}/bans/{userId}", this::ban),
                Route.user(DELETE, "/rooms/{roomId}/bans/{userId}", this::liftBan),
                Route.user(GET, "/rooms/{roomId}/audit", this::audit));
    }

    private Answer update(Call call) throws MalformedJsonException {
        RoomId roomId = call.roomId();
        Fields fields = call.fields();
        String name = fields.text("name");
        Visibility visibility = fields.word("visibility", Visibility.class);
        Integer capacity = fields.smallInteger("capacity");
        Map<String, @Nullable Object> metadata = fields.metadata("metadata");
        Call.check(fields);
        return moderate(
                call, roomId, new RoomAct.Update(name, visibility, capacity, metadata), done -> room(call, done));
    }

    private Answer close(Call call) {
        return moderate(call, call.roomId(), new RoomAct.Close(), done -> room(call, done));
    }

    private Answer invite(Call call) throws MalformedJsonException {
        RoomId roomId = call.roomId();
        Fields fields = call.fields();
        Optional<UserId> userId = fields.requiredId("userId", UserId::parse);
        Call.check(fields);
        return moderate(
                call,
                roomId,
                new RoomAct.Invite(userId.orElseThrow()),
                done -> membership(done.changed() ? 201 : 200, done));
    }

    private Answer changeRole(Call call) throws MalformedJsonException {
        RoomId roomId = call.roomId();
        UserId userId = call.userId();
        Fields fields = call.fields();
        Optional<Role> role = fields.requiredWord("role", Role.class);
        Call.check(fields);
        return moderate(
                call, roomId, new RoomAct.ChangeRole(userId, role.orElseThrow()), done -> membership(200, done));
    }

    private Answer remove(Call call) {
        RoomId roomId = call.roomId();
        return moderate(call, roomId, new RoomAct.Remove(call.userId()), done -> Answer.noContent());
    }

    private Answer ban(Call call) throws MalformedJsonException {
        RoomId roomId = call.roomId();
        UserId userId = call.userId();
        Fields fields = call.optionalFields();
        String reason = fields.text("reason");
        Instant until = fields.moment("until");
        Call.check(fields);
        return moderate(call, roomId, new RoomAct.Ban(userId, reason, until), done -> Answer.noContent());
    }

    private Answer liftBan(Call call) {
        RoomId roomId = call.roomId();
        return moderate(call, roomId, new RoomAct.LiftBan(call.userId()), done -> Answer.noContent());
    }

    private Answer bans(Call call) {
        Query query = call.query();
        BanCursor after = query.parsed("cursor", Cursors::bans);
        int limit = query.limit(MAX_PAGE);
        query.check();
        return Answer.of(
                chat.listBans().list(call.caller(), call.roomId(), after, limit),
                page -> Pages.answer(
                        page.items(),
                        ChatJson::ban,
                        page.next().map(Cursors::text).orElse(null),
                        page.hasMore()));
    }

    private Answer audit(Call call) {
        Query query = call.query();
        AuditCursor after = query.parsed("cursor", Cursors::audit);
        int limit = query.limit(MAX_PAGE);
        query.check();
        return Answer.of(
                chat.readAuditLog().read(call.caller(), call.roomId(), after, limit),
                page -> Pages.answer(
                        page.items(),
                        ChatJson::auditEntry,
                        page.next().map(Cursors::text).orElse(null),
                        page.hasMore()));
    }

    private Answer moderate(
            Call call, RoomId roomId, RoomAct.Moderation act, Function<ModerateRoom.Moderated, Answer> answer) {
        return Answer.of(chat.moderateRoom().moderate(call.caller(), roomId, act), answer);
    }

    private static Answer room(Call call, ModerateRoom.Moderated done) {
        return Answer.ok(json -> ChatJson.room(json, done.room(), call.caller()));
    }

    private static Answer membership(int status, ModerateRoom.Moderated done) {
        Membership membership = Objects.requireNonNull(done.membership());
        return Answer.json(status, json -> ChatJson.membership(json, membership));
    }
}
