package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Violation;
import dev.confab.chat.port.in.CreateRoom;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.RoomStore.Creation;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the whole input, tells all that is wrong with it at once, and opens the room. */
final class CreateRoomService implements CreateRoom {

    private static final int MAX_MEMBER_IDS = 1_000;
    private static final int MAX_CAPACITY = 100_000;

    private final RoomStore rooms;
    private final Clock clock;

    CreateRoomService(RoomStore rooms, Clock clock) {
        this.rooms = rooms;
        this.clock = clock;
    }

    @Override
    public Result<Room> create(NewRoom room) {
        Set<UserId> others = new LinkedHashSet<>(room.memberIds());
        others.remove(room.creator());

        List<Violation> violations = new ArrayList<>();
        String name = room.name();
        ChatLimits.text("name", name, 1, ChatLimits.MAX_ROOM_NAME).ifPresent(violations::add);
        if (others.size() > MAX_MEMBER_IDS) {
            violations.add(new Violation(
                    "memberIds",
                    "too-many",
                    "memberIds has " + others.size() + " ids, at most " + MAX_MEMBER_IDS + " are allowed"));
        }
        capacity(room, others.size() + 1).ifPresent(violations::add);
        RoomMetadata.check(room.metadata()).ifPresent(violations::add);
        if (name == null || !violations.isEmpty()) {
            return Result.refused(Refusal.invalid(violations));
        }

        Creation creation = rooms.create(new RoomStore.NewRoom(
                RoomId.random(),
                name,
                room.visibility(),
                room.capacity(),
                RoomMetadata.copy(room.metadata()),
                room.creator(),
                List.copyOf(others),
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        return switch (creation) {
            case Creation.Created(var created) -> Result.ok(created);
            case Creation.UnknownUsers ignored -> Result.refused(Refusal.Code.USER_NOT_FOUND);
        };
    }

    private static Optional<Violation> capacity(NewRoom room, int members) {
        Integer capacity = room.capacity();
        if (capacity == null) {
            return Optional.empty();
        }
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            return Optional.of(new Violation(
                    "capacity", "out-of-range", "capacity must be 1 to " + MAX_CAPACITY + ", not " + capacity));
        }
        if (capacity < members) {
            return Optional.of(new Violation(
                    "capacity",
                    "too-small",
                    "capacity is " + capacity + ", but the room begins with " + members + " members"));
        }
        return Optional.empty();
    }
}
