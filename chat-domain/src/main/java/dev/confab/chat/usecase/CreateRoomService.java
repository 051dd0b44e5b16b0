package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Violation;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.CreateRoom;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.RoomStore.Creation;
import dev.confab.chat.port.out.Signals;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the whole input, tells all that is wrong with it at once, and opens the room. */
final class CreateRoomService implements CreateRoom {

    private static final int MAX_MEMBER_IDS = 1_000;

    private final RoomStore rooms;
    private final Signals signals;
    private final Clock clock;

    CreateRoomService(RoomStore rooms, Signals signals, Clock clock) {
        this.rooms = rooms;
        this.signals = signals;
        this.clock = clock;
    }

    @Override
    public Result<Opened> create(NewRoom room) {
        Set<UserId> others = new LinkedHashSet<>(room.memberIds());
        others.remove(room.creator());
        List<Violation> violations = violations(room, others.size());
        if (!violations.isEmpty()) {
            return Result.refused(Refusal.invalid(violations));
        }
        Creation creation = rooms.create(new RoomStore.NewRoom(
                RoomId.random(),
                room.name(),
                room.type(),
                visibility(room),
                room.bookingId(),
                room.capacity(),
                RoomMetadata.copy(room.metadata()),
                room.creator(),
                List.copyOf(others),
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        return switch (creation) {
            case Creation.Created(var created) -> Result.ok(new Opened(created, true));
            case Creation.Existing(var existing, var cameBack) -> {
                if (cameBack) {
                    signals.send(new Signal.MembershipChanged(existing.id(), existing.memberVersion()));
                }
                yield Result.ok(new Opened(existing, false));
            }
            case Creation.UnknownUsers ignored -> Result.refused(Refusal.Code.USER_NOT_FOUND);
        };
    }

    private static Visibility visibility(NewRoom room) {
        return Objects.requireNonNullElse(
                room.visibility(), room.type() == RoomType.GROUP ? Visibility.PUBLIC : Visibility.PRIVATE);
    }

    private static List<Violation> violations(NewRoom room, int others) {
        List<Violation> violations = new ArrayList<>();
        if (room.type() == RoomType.DIRECT) {
            direct(room, others, violations);
        } else {
            ChatLimits.text("name", room.name(), 1, ChatLimits.MAX_ROOM_NAME).ifPresent(violations::add);
            if (others > MAX_MEMBER_IDS) {
                violations.add(new Violation(
                        "memberIds",
                        "too-many",
                        "memberIds has " + others + " ids, at most " + MAX_MEMBER_IDS + " are allowed"));
            }
            capacity(room.capacity(), others + 1).ifPresent(violations::add);
        }
        if (room.type() == RoomType.BOOKING) {
            ChatLimits.text("bookingId", room.bookingId(), 1, ChatLimits.MAX_BOOKING_ID)
                    .ifPresent(violations::add);
        } else if (room.bookingId() != null) {
            violations.add(notAllowed("bookingId", "bookingId belongs to rooms of type BOOKING"));
        }
        RoomMetadata.check(room.metadata()).ifPresent(violations::add);
        return violations;
    }

    private static void direct(NewRoom room, int others, List<Violation> violations) {
        if (room.name() != null) {
            violations.add(notAllowed("name", "A DIRECT room has no name"));
        }
        if (room.visibility() == Visibility.PUBLIC) {
            violations.add(notAllowed("visibility", "A DIRECT room is PRIVATE"));
        }
        if (others != 1) {
            violations.add(new Violation(
                    "memberIds", "exactly-one", "A DIRECT room takes exactly one other in memberIds, not " + others));
        }
        if (room.capacity() != null) {
            violations.add(notAllowed("capacity", "A DIRECT room is for two"));
        }
    }

    private static Violation notAllowed(String field, String message) {
        return new Violation(field, "not-allowed", message);
    }

    private static Optional<Violation> capacity(@Nullable Integer capacity, int members) {
        Optional<Violation> violation = RoomCapacity.check(capacity);
        if (capacity == null || violation.isPresent() || capacity >= members) {
            return violation;
        }
        return Optional.of(new Violation(
                "capacity",
                "too-small",
                "capacity is " + capacity + ", but the room begins with " + members + " members"));
    }
}
