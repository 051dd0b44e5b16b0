package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.QueryPresence;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.StoreUnavailableException;
import dev.confab.chat.port.out.UserStore;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the presence store, and for those long gone the user store. */
final class QueryPresenceService implements QueryPresence {

    private final Presence presence;
    private final UserStore users;

    QueryPresenceService(Presence presence, UserStore users) {
        this.presence = presence;
        this.users = users;
    }

    @Override
    public Map<UserId, PresenceStatus> query(Collection<UserId> userIds) {
        Set<UserId> asked = new LinkedHashSet<>(userIds);
        if (asked.size() > ChatLimits.MAX_PRESENCE_QUERY) {
            throw new IllegalArgumentException(
                    "At most " + ChatLimits.MAX_PRESENCE_QUERY + " users, not " + asked.size());
        }
        Map<UserId, PresenceStatus> known = presence.query(asked);
        Map<UserId, PresenceStatus> statuses = new LinkedHashMap<>();
        asked.forEach(id -> statuses.put(id, known.getOrDefault(id, PresenceStatus.UNKNOWN)));
        List<UserId> longGone = statuses.entrySet().stream()
                .filter(entry -> entry.getValue().state() == PresenceStatus.State.OFFLINE
                        && entry.getValue().lastSeenAt() == null)
                .map(Map.Entry::getKey)
                .toList();
        if (!longGone.isEmpty()) {
            lastSeen(longGone)
                    .forEach((id, at) -> statuses.put(id, new PresenceStatus(PresenceStatus.State.OFFLINE, at)));
        }
        return statuses;
    }

    private Map<UserId, Instant> lastSeen(List<UserId> ids) {
        try {
            return users.lastSeen(ids);
        } catch (StoreUnavailableException away) {
            // Who is online is known without the user store; since when the others are gone is not, for the moment.
            return Map.of();
        }
    }
}
