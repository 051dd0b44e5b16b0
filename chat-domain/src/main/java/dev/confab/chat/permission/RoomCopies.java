package dev.confab.chat.permission;

import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomStatus;
import java.util.Objects;

/** Rooms that differ a little from others. */
final class RoomCopies {

    private RoomCopies() {}

    static Room with(Room room, RoomStatus status, int memberCount, long memberVersion) {
        return new Room(
                room.id(),
                room.name(),
                room.type(),
                room.visibility(),
                status,
                room.bookingId(),
                room.capacity(),
                room.metadata(),
                room.createdBy(),
                room.createdAt(),
                memberCount,
                room.lastSeq(),
                room.lastMessageId(),
                room.lastMessageAt(),
                memberVersion,
                room.pair());
    }

    static Room updated(Room room, RoomAct.Update update) {
        return new Room(
                room.id(),
                update.name() == null ? room.name() : update.name(),
                room.type(),
                Objects.requireNonNullElse(update.visibility(), room.visibility()),
                room.status(),
                room.bookingId(),
                update.capacity() == null ? room.capacity() : update.capacity(),
                Objects.requireNonNullElse(update.metadata(), room.metadata()),
                room.createdBy(),
                room.createdAt(),
                room.memberCount(),
                room.lastSeq(),
                room.lastMessageId(),
                room.lastMessageAt(),
                room.memberVersion(),
                room.pair());
    }
}
