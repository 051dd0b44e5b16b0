package dev.confab.chat.usecase;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.out.Signals;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The feeds of the rooms that somebody on this server cares for. Safe on any thread; does not block. */
final class LiveRooms {

    private final Map<RoomId, Held> feeds = new ConcurrentHashMap<>();
    private final Function<RoomId, RoomFeed> factory;
    private final RecentMemory memory;
    private final Signals signals;

    /** A feed, how many joins under way need it, and whether it was of use since the last cleaning. */
    private record Held(RoomFeed feed, int pins, boolean used) {}

    LiveRooms(Function<RoomId, RoomFeed> factory, RecentMemory memory, Signals signals) {
        this.factory = factory;
        this.memory = memory;
        this.signals = signals;
    }

    /** Takes hold of a room's feed, making it when there is none: from now on no event of the room passes unheard. */
    RoomFeed acquire(RoomId roomId) {
        Held held = feeds.compute(roomId, (id, before) -> {
            if (before != null) {
                return new Held(before.feed(), before.pins() + 1, true);
            }
            signals.follow(id);
            return new Held(factory.apply(id), 1, true);
        });
        return held.feed();
    }

    /** Lets go of what {@link #acquire} took; the feed goes at a later cleaning if nobody stays. */
    void release(RoomId roomId) {
        feeds.computeIfPresent(roomId, (id, held) -> new Held(held.feed(), held.pins() - 1, true));
    }

    @Nullable
    RoomFeed get(RoomId roomId) {
        Held held = feeds.get(roomId);
        return held == null ? null : held.feed();
    }

    boolean has(RoomId roomId) {
        return feeds.containsKey(roomId);
    }

    /** Drops feeds that nobody stays in and that were of no use since the last call, and what the others remember too long. */
    void clean() {
        memory.pass();
        for (RoomId roomId : feeds.keySet()) {
            feeds.computeIfPresent(roomId, (id, held) -> {
                if (held.pins() > 0 || !held.feed().isEmpty()) {
                    held.feed().clean();
                    return held;
                }
                if (held.used()) {
                    return new Held(held.feed(), 0, false);
                }
                held.feed().close();
                signals.unfollow(id);
                return null;
            });
        }
    }

    /** Drops everything. */
    void clear() {
        for (RoomId roomId : feeds.keySet()) {
            feeds.computeIfPresent(roomId, (id, held) -> {
                held.feed().close();
                signals.unfollow(id);
                return null;
            });
        }
    }
}
