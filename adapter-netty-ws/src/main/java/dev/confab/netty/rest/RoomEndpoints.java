package dev.confab.netty.rest;

import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.POST;

import dev.confab.chat.Chat;
import dev.confab.chat.model.MemberCursor;
import dev.confab.chat.model.RoomCursor;
import dev.confab.chat.model.RoomListCursor;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.CreateRoom;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.wire.ChatJson;
import dev.confab.netty.wire.Fields;
import dev.confab.netty.wire.MalformedJsonException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rooms and who is in them. */
final class RoomEndpoints {

    private static final int MAX_PAGE = 100;
    private static final int MAX_FIRST_MEMBERS = 1_000;

    private final Chat chat;
    private final Limits limits;

    RoomEndpoints(Chat chat, Limits limits) {
        this.chat = chat;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(
                Route.user(POST, "/rooms", this::create),
                Route.user(GET, "/rooms", this::mine),
                Route.user(GET, "/rooms/public", this::discover),
                Route.user(GET, "/rooms/{roomId}", this::find),
                Route.user(POST, "/rooms/{roomId}/join", this::join),
                Route.user(POST, "/rooms/{roomId}/leave", this::leave),
                Route.user(GET, "/rooms/{roomId}/members", this::members));
    }

    private Answer create(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        String name = fields.text("name");
        RoomType type = fields.word("type", RoomType.class);
        Visibility visibility = fields.word("visibility", Visibility.class);
        List<UserId> memberIds = fields.ids("memberIds", MAX_FIRST_MEMBERS, UserId::parse);
        String bookingId = fields.text("bookingId");
        Integer capacity = fields.smallInteger("capacity");
        Map<String, @Nullable Object> metadata = fields.metadata("metadata");
        Call.check(fields);
        CreateRoom.NewRoom room = new CreateRoom.NewRoom(
                call.caller(),
                name,
                type == null ? RoomType.GROUP : type,
                visibility,
                memberIds == null ? List.of() : memberIds,
                bookingId,
                capacity,
                metadata == null ? Map.of() : metadata);
        return Answer.of(
                chat.createRoom().create(room),
                opened -> Answer.json(
                                opened.created() ? 201 : 200, json -> ChatJson.room(json, opened.room(), call.caller()))
                        .withHeader("location", "/rooms/" + opened.room().id()));
    }

    private Answer mine(Call call) {
        Query query = call.query();
        RoomListCursor after = query.parsed("cursor", Cursors::rooms);
        int limit = query.limit(MAX_PAGE);
        query.check();
        var page = chat.listMyRooms().list(call.caller(), after, limit);
        return Pages.answer(
                page.items(),
                (json, room) -> ChatJson.roomSummary(json, room, call.caller()),
                page.next().map(Cursors::text).orElse(null),
                page.hasMore());
    }

    private Answer find(Call call) {
        return Answer.of(
                chat.findRoom().find(call.caller(), call.roomId()),
                room -> Answer.ok(json -> ChatJson.room(json, room, call.caller())));
    }

    private Answer discover(Call call) {
        Query query = call.query();
        String name = query.text("q");
        RoomCursor after = query.parsed("cursor", Cursors::publicRooms);
        int limit = query.limit(MAX_PAGE);
        query.check();
        return Answer.of(
                chat.discoverRooms().discover(name, after, limit),
                page -> Pages.answer(
                        page.items(),
                        (json, room) -> ChatJson.room(json, room, call.caller()),
                        page.next().map(Cursors::text).orElse(null),
                        page.hasMore()));
    }

    private Answer join(Call call) {
        long wait = limits.takeJoin(call.caller());
        if (wait > 0) {
            throw ProblemException.rateLimited(wait);
        }
        return Answer.of(
                chat.joinRoom().join(call.caller(), call.roomId()),
                joined -> Answer.json(
                        joined.created() ? 201 : 200, json -> ChatJson.membership(json, joined.membership())));
    }

    private Answer leave(Call call) {
        return Answer.of(chat.leaveRoom().leave(call.caller(), call.roomId()), left -> Answer.noContent());
    }

    private Answer members(Call call) {
        Query query = call.query();
        MemberCursor after = query.parsed("cursor", Cursors::members);
        int limit = query.limit(MAX_PAGE);
        query.check();
        return Answer.of(
                chat.listMembers().list(call.caller(), call.roomId(), after, limit),
                page -> Pages.answer(
                        page.items(),
                        ChatJson::member,
                        page.next().map(Cursors::text).orElse(null),
                        page.hasMore()));
    }
}
