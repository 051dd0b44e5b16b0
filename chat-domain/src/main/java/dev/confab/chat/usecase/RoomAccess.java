package dev.confab.chat.usecase;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
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

    /** Why the caller may not read the room; empty for members. */
    Optional<Refusal> refusalFor(UserId caller, RoomId roomId) {
        Optional<RoomStanding> standing = rooms.standing(roomId, List.of(caller));
        if (standing.isPresent() && standing.get().members().contains(caller)) {
            return Optional.empty();
        }
        boolean visible = standing.isPresent() && standing.get().visibility() == Visibility.PUBLIC;
        return Optional.of(Refusal.of(visible ? Refusal.Code.NOT_A_MEMBER : Refusal.Code.ROOM_NOT_FOUND));
    }

    /**
     * What to answer somebody whom the store just found to be no member. Should he or she have joined in that very
     * moment, the older finding stands.
     */
    Refusal refusalForOutsider(UserId caller, RoomId roomId) {
        return refusalFor(caller, roomId).orElseGet(() -> Refusal.of(Refusal.Code.NOT_A_MEMBER));
    }
}
