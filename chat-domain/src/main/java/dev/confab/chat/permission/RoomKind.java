package dev.confab.chat.permission;

import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.Visibility;

/** Rooms that differ in who may do what. */
public enum RoomKind {
    /** GROUP or BOOKING that anybody may find. */
    PUBLIC,
    /** GROUP or BOOKING that is there for its members alone. */
    PRIVATE,
    /** Two people, without ranks. */
    DIRECT;

    /** The room's kind. */
    public static RoomKind of(Room room) {
        return room.type() == RoomType.DIRECT ? DIRECT : of(room.visibility());
    }

    /** The kind of a room of which nothing but this is known. */
    public static RoomKind of(Visibility visibility) {
        return visibility == Visibility.PUBLIC ? PUBLIC : PRIVATE;
    }
}
