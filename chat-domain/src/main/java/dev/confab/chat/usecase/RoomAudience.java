package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this server that are in one room, by their lanes. Guarded by the room's lock: what is told while it is
 * held reaches every session in that order.
 */
final class RoomAudience {

    private final Map<Lane, LaneRoom> lanes = new HashMap<>();
    private final Map<LiveSession, Stay> stays = new HashMap<>();
    private int memberCount;

    /** A session in the room, and up to which membership version it is known to be a member. */
    private record Stay(LaneRoom laneRoom, Subscriber subscriber, long verified) {}

    boolean isEmpty() {
        return stays.isEmpty();
    }

    int size() {
        return stays.size();
    }

    /** How many members the room has, here or not, when that was last looked at. */
    int memberCount() {
        return memberCount;
    }

    void memberCount(int now) {
        memberCount = now;
    }

    boolean has(LiveSession session) {
        return stays.containsKey(session);
    }

    List<LiveSession> all() {
        return List.copyOf(stays.keySet());
    }

    Set<UserId> users() {
        Set<UserId> users = new HashSet<>();
        stays.keySet().forEach(session -> users.add(session.userId()));
        return users;
    }

    /** Those of a user's sessions that are not known to be a member's as of that version. */
    List<LiveSession> of(UserId user, long version) {
        return stays.entrySet().stream()
                .filter(entry ->
                        entry.getKey().userId().equals(user) && entry.getValue().verified() < version)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Lets a session in.
     *
     * @param verified the version of the membership as of which its user is a member
     * @param begun is called on its lane, before anything is told
     */
    void enter(Subscriber subscriber, long verified, Runnable begun) {
        LiveSession session = subscriber.session();
        LaneRoom laneRoom = lanes.computeIfAbsent(session.lane(), LaneRoom::new);
        stays.put(session, new Stay(laneRoom, subscriber, verified));
        laneRoom.arrived();
        laneRoom.lane().post(() -> {
            laneRoom.add(subscriber);
            begun.run();
        });
    }

    /** Takes a session out; returns whether it was in. */
    boolean leave(LiveSession session) {
        Stay stay = stays.remove(session);
        if (stay == null) {
            return false;
        }
        stay.laneRoom().lane().post(() -> stay.laneRoom().remove(stay.subscriber()));
        if (stay.laneRoom().departed() == 0) {
            lanes.remove(stay.laneRoom().lane());
        }
        return true;
    }

    /**
     * Compares with who is a member.
     *
     * @param asked the users whom {@code standing} tells of; others came meanwhile
     * @param evict takes out who is no member
     * @return whether all who stay are known to be members as of {@code standing}
     */
    boolean verify(Set<UserId> asked, RoomStanding standing, Consumer<LiveSession> evict) {
        memberCount = standing.memberCount();
        boolean allVerified = true;
        for (Map.Entry<LiveSession, Stay> entry : List.copyOf(stays.entrySet())) {
            LiveSession session = entry.getKey();
            Stay stay = entry.getValue();
            if (stay.verified() >= standing.memberVersion()) {
                continue;
            }
            if (!asked.contains(session.userId())) {
                allVerified = false;
            } else if (standing.members().contains(session.userId())) {
                stays.put(session, new Stay(stay.laneRoom(), stay.subscriber(), standing.memberVersion()));
            } else {
                evict.accept(session);
            }
        }
        return allVerified;
    }

    void tell(ChatEvent.Timeline event) {
        for (LaneRoom laneRoom : lanes.values()) {
            laneRoom.lane().post(() -> laneRoom.tell(event));
        }
    }

    void tellLasting(ChatEvent event, @Nullable UserId exceptUser) {
        for (LaneRoom laneRoom : lanes.values()) {
            laneRoom.lane().post(() -> laneRoom.tellLasting(event, exceptUser));
        }
    }

    void tellPassing(ChatEvent event, @Nullable UserId exceptUser, @Nullable ConnectionId exceptConnection) {
        for (LaneRoom laneRoom : lanes.values()) {
            laneRoom.lane().post(() -> laneRoom.tellPassing(event, exceptUser, exceptConnection));
        }
    }
}
