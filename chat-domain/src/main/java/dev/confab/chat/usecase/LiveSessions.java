package dev.confab.chat.usecase;

import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.LiveChat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The live sessions of this server. Safe on any thread; does not block. */
final class LiveSessions {

    private final int mostPerUser;
    private final Set<LiveSession> all = ConcurrentHashMap.newKeySet();
    private final Map<UserId, List<LiveSession>> byUser = new ConcurrentHashMap<>();
    private final Map<Executor, Lane> lanes = new ConcurrentHashMap<>();

    LiveSessions(int mostPerUser) {
        this.mostPerUser = mostPerUser;
    }

    /** One lane for each executor, for as long as this server lives: executors are event loops, and those are few. */
    Lane lane(Executor executor) {
        return lanes.computeIfAbsent(executor, Lane::new);
    }

    /** Those that there are now. */
    List<Lane> lanes() {
        return List.copyOf(lanes.values());
    }

    /** Adds a session; the user's oldest one ends when there are too many now. */
    void add(LiveSession session) {
        all.add(session);
        List<LiveSession> now = byUser.merge(session.userId(), List.of(session), (before, added) -> {
            List<LiveSession> joined = new ArrayList<>(before);
            joined.addAll(added);
            return List.copyOf(joined);
        });
        if (now.size() > mostPerUser) {
            now.getFirst().end(LiveChat.End.TOO_MANY_SESSIONS);
        }
    }

    void remove(LiveSession session) {
        all.remove(session);
        byUser.computeIfPresent(session.userId(), (user, before) -> {
            List<LiveSession> left =
                    before.stream().filter(other -> other != session).toList();
            return left.isEmpty() ? null : left;
        });
    }

    /** Oldest first. */
    List<LiveSession> ofUser(UserId userId) {
        return byUser.getOrDefault(userId, List.of());
    }

    boolean has(UserId userId) {
        return byUser.containsKey(userId);
    }

    List<LiveSession> ofLogin(SessionId sessionId) {
        return all.stream()
                .filter(session -> session.principal().sessionId().equals(sessionId))
                .toList();
    }

    Collection<LiveSession> all() {
        return all;
    }
}
