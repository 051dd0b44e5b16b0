package dev.confab.chat.usecase;

import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.ListOnline;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.PresenceUnavailableException;
import dev.confab.chat.port.out.RoomStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Asks the presence store, for members. */
final class ListOnlineService implements ListOnline {

    private final Presence presence;
    private final RoomAccess access;

    ListOnlineService(Presence presence, RoomStore rooms) {
        this.presence = presence;
        this.access = new RoomAccess(rooms);
    }

    @Override
    public Result<Map<UserId, PresenceStatus>> online(UserId caller, RoomId roomId) {
        Optional<Refusal> refusal = access.refusalFor(caller, roomId);
        if (refusal.isPresent()) {
            return Result.refused(refusal.get());
        }
        Set<UserId> here;
        try {
            here = presence.inRoom(roomId);
        } catch (PresenceUnavailableException away) {
            return Result.refused(Refusal.Code.UNAVAILABLE);
        }
        Map<UserId, PresenceStatus> statuses = presence.query(here);
        Map<UserId, PresenceStatus> online = new LinkedHashMap<>();
        Stream<UserId> sorted = here.stream().sorted((one, other) -> one.value().compareTo(other.value()));
        sorted.forEach(user -> {
            PresenceStatus status = statuses.getOrDefault(user, PresenceStatus.UNKNOWN);
            // Who left between the two questions is not there any more.
            if (status.state() == PresenceStatus.State.ONLINE) {
                online.put(user, status);
            }
        });
        return Result.ok(online);
    }
}
