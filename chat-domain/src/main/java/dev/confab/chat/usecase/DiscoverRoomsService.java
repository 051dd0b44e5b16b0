package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomCursor;
import dev.confab.chat.model.Violation;
import dev.confab.chat.port.in.DiscoverRooms;
import dev.confab.chat.port.out.RoomStore;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Searches public rooms by their names. */
final class DiscoverRoomsService implements DiscoverRooms {

    private final RoomStore rooms;

    DiscoverRoomsService(RoomStore rooms) {
        this.rooms = rooms;
    }

    @Override
    public Result<Page<Room, RoomCursor>> discover(@Nullable String name, @Nullable RoomCursor after, int limit) {
        PageLimit.require(limit, PageLimit.PAGE);
        String part = Objects.requireNonNullElse(name, "");
        Optional<Violation> violation = ChatLimits.text("q", part, 0, ChatLimits.MAX_ROOM_NAME);
        return violation.isPresent()
                ? Result.refused(Refusal.invalid(violation.get()))
                : Result.ok(rooms.publicRooms(part, after, limit));
    }
}
