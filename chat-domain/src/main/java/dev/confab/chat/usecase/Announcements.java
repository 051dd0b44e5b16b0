package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.UserId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a room's timeline says of changes, in plain English. */
final class Announcements {

    private static final long FIRST_VERSION = 1;
    private static final int LONGEST_NAME = ChatLimits.MAX_ROOM_NAME;

    private Announcements() {}

    /**
     * What to say; empty for what is not announced: who begins with a room, who is banned without having been a member,
     * changes of roles, and changes of a room that leave its name.
     *
     * @param name says what somebody is called
     */
    static Optional<String> text(RoomChange change, Function<UserId, String> name) {
        if (!isAnnounced(change)) {
            return Optional.empty();
        }
        String by = clipped(name.apply(change.by()));
        return Optional.of(
                switch (change) {
                    case RoomChange.MemberJoined joined ->
                        joined.by().equals(joined.userId())
                                ? by + " joined"
                                : by + " invited " + clipped(name.apply(joined.userId()));
                    case RoomChange.MemberLeft left -> by + " left";
                    case RoomChange.MemberRemoved removed -> by + " removed " + clipped(name.apply(removed.userId()));
                    case RoomChange.MemberBanned banned -> by + " banned " + clipped(name.apply(banned.userId()));
                    case RoomChange.RoleChanged changed -> by + " changed a role";
                    case RoomChange.RoomUpdated updated ->
                        by + " renamed the room to " + clipped(String.valueOf(updated.newName()));
                    case RoomChange.RoomClosed closed -> by + " closed the room";
                });
    }

    static boolean isAnnounced(RoomChange change) {
        return switch (change) {
            case RoomChange.MemberJoined joined -> joined.memberVersion() > FIRST_VERSION;
            case RoomChange.MemberBanned banned -> banned.role() != null;
            case RoomChange.RoomUpdated updated -> updated.newName() != null;
            case RoomChange.RoleChanged changed -> false;
            case RoomChange.MemberLeft left -> true;
            case RoomChange.MemberRemoved removed -> true;
            case RoomChange.RoomClosed closed -> true;
        };
    }

    /**
     * Whether it is left out in a room for two: there, coming back is no more than speaking again, and the room closes
     * only when nobody is left who could have closed it.
     */
    static boolean isLeftOutForTwo(RoomChange change) {
        return change instanceof RoomChange.MemberJoined || change instanceof RoomChange.RoomClosed;
    }

    /** Whose names it takes. */
    static Set<UserId> named(RoomChange change) {
        return change instanceof RoomChange.OfMember member && !member.userId().equals(change.by())
                ? Set.of(change.by(), member.userId())
                : Set.of(change.by());
    }

    /** A name that a host product gave may be of any length. */
    private static String clipped(String name) {
        if (name.codePointCount(0, name.length()) <= LONGEST_NAME) {
            return name;
        }
        return name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }
}
