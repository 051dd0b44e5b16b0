package dev.confab.chat.usecase;

import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.UserId;
import dev.confab.chat.permission.RoomAction;
import dev.confab.chat.permission.RoomKind;
import dev.confab.chat.port.out.RoomStore;
import java.util.List;
import java.util.Optional;

/**
 * Who may see what of a room. To those outside, a private room does not exist; of a public one they may know that it
 * does, and nothing of what is said in it.
 */
final class RoomAccess {

    private final RoomStore rooms;

    RoomAccess(RoomStore rooms) {
        this.rooms = rooms;
    }

    /** Why the caller may not do something; empty when he or she may. */
    Optional<Refusal> refusalFor(UserId caller, RoomId roomId, RoomAction action) {
        Optional<Room> room = rooms.find(roomId);
        if (room.isEmpty()) {
            return Optional.of(Refusal.of(Refusal.Code.ROOM_NOT_FOUND));
        }
        Role role = rooms.membership(roomId, caller).map(Membership::role).orElse(null);
        return action.refusal(RoomKind.of(room.get()), role);
    }

    /** Why the caller may not read the room; empty for members. */
    Optional<Refusal> refusalFor(UserId caller, RoomId roomId) {
        Optional<RoomStanding> standing = rooms.standing(roomId, List.of(caller));
        if (standing.isEmpty()) {
            return Optional.of(Refusal.of(Refusal.Code.ROOM_NOT_FOUND));
        }
        // Whatever the rank, members may read; to know that they are is one question less.
        Role role = standing.get().members().contains(caller) ? Role.MEMBER : null;
        return RoomAction.READ.refusal(RoomKind.of(standing.get().visibility()), role);
    }

    /**
     * What to answer somebody whom the store just found to be no member. Should he or she have joined in that very
     * moment, the older finding stands.
     */
    Refusal refusalForOutsider(UserId caller, RoomId roomId) {
        return refusalFor(caller, roomId).orElseGet(() -> Refusal.of(Refusal.Code.NOT_A_MEMBER));
    }
}
