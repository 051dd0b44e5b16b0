package dev.confab.chat.usecase;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.UserId;
import dev.confab.chat.permission.RoomAction;
import dev.confab.chat.permission.RoomKind;
import dev.confab.chat.port.out.RoomStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may send where, remembered for a short while so that a send needs no query. Only permission is remembered, never
 * a refusal: who was let in a moment ago may send at once. A permission that is out of date does no harm, because the
 * worker decides again under the room's lock. Safe on any thread; does not block.
 */
final class SendingRights {

    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final int MOST = 200_000;

    private final RoomStore rooms;
    private final Background background;
    private final Clock clock;
    private final Map<RoomId, Permits> permits = new ConcurrentHashMap<>();

    /** Users who may send in one room, each until a moment. */
    private record Permits(Map<UserId, Instant> until) {}

    SendingRights(RoomStore rooms, Background background, Clock clock) {
        this.rooms = rooms;
        this.background = background;
        this.clock = clock;
    }

    /** Whether somebody may send in a room: completed already when that is known. */
    CompletionStage<Result<RoomId>> check(RoomId roomId, UserId userId) {
        if (isPermitted(roomId, userId)) {
            return CompletableFuture.completedFuture(Result.ok(roomId));
        }
        return background.call(() -> load(roomId, userId));
    }

    /** Forgets what is known of a room: its membership or status changed. */
    void forget(RoomId roomId) {
        permits.remove(roomId);
    }

    private boolean isPermitted(RoomId roomId, UserId userId) {
        Permits room = permits.get(roomId);
        Instant until = room == null ? null : room.until().get(userId);
        return until != null && clock.instant().isBefore(until);
    }

    private Result<RoomId> load(RoomId roomId, UserId userId) {
        // Taken before the query: what a change forgets meanwhile must not be put back.
        Permits room = permits.computeIfAbsent(roomId, id -> new Permits(new ConcurrentHashMap<>()));
        RoomStanding standing = rooms.standing(roomId, List.of(userId)).orElse(null);
        if (standing == null) {
            permits.remove(roomId, room);
            return Result.refused(Refusal.Code.ROOM_NOT_FOUND);
        }
        Role role = standing.members().contains(userId) ? Role.MEMBER : null;
        Optional<Refusal> refusal = RoomAction.POST.refusal(RoomKind.of(standing.visibility()), role);
        if (refusal.isPresent()) {
            return Result.refused(refusal.get());
        }
        if (standing.status() == RoomStatus.CLOSED) {
            return Result.refused(Refusal.Code.ROOM_CLOSED);
        }
        room.until().put(userId, clock.instant().plus(LIFETIME));
        return Result.ok(roomId);
    }

    /** Drops what has expired; everything when it is too much. To be called now and then. */
    void clean() {
        Instant now = clock.instant();
        long count = 0;
        for (Map.Entry<RoomId, Permits> room : permits.entrySet()) {
            room.getValue().until().values().removeIf(until -> !now.isBefore(until));
            count += room.getValue().until().size();
        }
        if (count > MOST || permits.size() > MOST) {
            permits.clear();
        } else {
            permits.values().removeIf(room -> room.until().isEmpty());
        }
    }
}
