package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One room's timeline on its way to the sessions of this server: delivers {@code cursor + 1} and nothing else. A lower
 * place is a repeat. A higher one means a hole, and a newer membership means somebody may have been removed (G14): both
 * are settled with the store first, off the bus's thread.
 *
 * <p>Safe on any thread: the room's lock orders everything, and what it decides is posted to the lanes while it is held.
 */
final class RoomFeed {

    private static final Duration RETRY = Duration.ofMillis(250);
    private static final int PAGE = 500;

    /** In rooms with more members, who comes and goes is asked for and not told. */
    private static final int MOST_MEMBERS_TOLD = 100;

    private final RoomId roomId;
    private final LiveStores stores;
    private final Background background;
    private final LiveSessions sessions;
    private final DeliveryMemory deliveries;

    private final ReentrantLock lock = new ReentrantLock();
    private final RoomAudience audience = new RoomAudience();
    private final RecentTimeline recent;
    private boolean loaded;
    private boolean settling;
    private boolean closed;
    private long cursor;
    private long target;
    private long memberVersion;
    private long wantedVersion;
    private int memberCount;

    RoomFeed(
            RoomId roomId,
            LiveStores stores,
            Background background,
            LiveSessions sessions,
            DeliveryMemory deliveries,
            RecentMemory memory) {
        this.roomId = roomId;
        this.stores = stores;
        this.background = background;
        this.sessions = sessions;
        this.deliveries = deliveries;
        this.recent = new RecentTimeline(memory);
    }

    RoomId roomId() {
        return roomId;
    }

    /** Events after a place as far as they are remembered here; empty when the first of them is not. */
    List<ChatEvent.Timeline> recent(Sequence after, int limit) {
        return recent.after(after, limit);
    }

    /** Events after a place: what somebody has read meanwhile, else from the store. Blocks. */
    List<ChatEvent.Timeline> read(Sequence after, int limit) {
        List<ChatEvent.Timeline> remembered = recent.after(after, limit);
        if (!remembered.isEmpty()) {
            return remembered;
        }
        long changes = recent.changes();
        List<ChatEvent.Timeline> events =
                stores.log().events(roomId, after, limit).items();
        recent.remember(events, changes);
        return events;
    }

    /** Begins where a first event is about to be told, for a room in which only its sender is here. */
    void beginBefore(Sequence first, long version) {
        lock.lock();
        try {
            if (!loaded) {
                loaded = true;
                cursor = first.value() - 1;
                recent.begin(cursor);
                memberVersion = version;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A timeline event of this room, from the bus.
     *
     * @return false when this feed was closed meanwhile and told nobody
     */
    boolean accept(Publication publication, ChatEvent.Timeline event) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            long seq = event.seq().value();
            target = Math.max(target, seq);
            wantedVersion = Math.max(wantedVersion, publication.memberVersion());
            if (!loaded || seq <= cursor) {
                int unused = tellActorOutside(event);
                return true;
            }
            if (settling) {
                return true;
            }
            boolean nobodyToMiss = audience.isEmpty();
            if (nobodyToMiss || (seq == cursor + 1 && wantedVersion <= memberVersion)) {
                deliver(event);
            } else {
                settle();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The room's membership changed elsewhere. */
    void membershipChanged(long version) {
        lock.lock();
        try {
            wantedVersion = Math.max(wantedVersion, version);
            if (loaded && !settling && !closed && wantedVersion > memberVersion) {
                settle();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Somebody's place in this room changed: the room is told, and all sessions of whom it is about. Who has no place any
     * more is out of the room before anything later of it is told (G14).
     */
    void placeChanged(ChatEvent event, RoomChange.OfMember change) {
        lock.lock();
        try {
            if (change.endsPlace()) {
                audience.of(change.userId(), change.memberVersion()).forEach(this::evict);
            }
            audience.tellLasting(event, change.userId());
            for (LiveSession session : sessions.ofUser(change.userId())) {
                session.lane().post(() -> session.tell(event));
            }
        } finally {
            lock.unlock();
        }
        membershipChanged(change.memberVersion());
    }

    /** Something of this room that has no place in its order and is told to all in it. */
    void lasting(ChatEvent event) {
        lock.lock();
        try {
            audience.tellLasting(event, null);
        } finally {
            lock.unlock();
        }
    }

    /** Something of this room that passes. */
    void passing(ChatEvent event, @Nullable UserId exceptUser, @Nullable ConnectionId exceptConnection) {
        lock.lock();
        try {
            if (event instanceof ChatEvent.Coming && memberCount > MOST_MEMBERS_TOLD) {
                return;
            }
            audience.tellPassing(event, exceptUser, exceptConnection);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets a session in, as a member as of {@code standing}, which must have been read after this feed was in place.
     *
     * @param plan says, given where the room stands, how the session begins
     * @return the new stay; empty when {@code standing} is out of date by now and must be read again
     */
    Optional<Subscriber> attach(LiveSession session, RoomStanding standing, LongFunction<Beginning> plan) {
        lock.lock();
        try {
            if (!loaded) {
                loaded = true;
                cursor = standing.lastSeq().value();
                recent.begin(cursor);
                memberVersion = standing.memberVersion();
            }
            if (standing.memberVersion() < memberVersion) {
                return Optional.empty();
            }
            if (audience.isEmpty()) {
                memberVersion = standing.memberVersion();
            }
            memberCount = standing.memberCount();
            audience.leave(session);
            // The store may be ahead of what was heard here: what lies between is told by replay, not as live.
            long begin = Math.max(cursor, standing.lastSeq().value());
            Beginning beginning = plan.apply(begin);
            Subscriber subscriber = new Subscriber(session, beginning.seen(), beginning.live());
            audience.enter(subscriber, standing.memberVersion(), () -> {
                subscriber.mustReach(begin);
                beginning.begun().accept(subscriber);
            });
            if (!settling && (target > cursor || wantedVersion > memberVersion)) {
                settle();
            }
            return Optional.of(subscriber);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a session out; nothing reaches it through this room any more. Returns whether it was in. */
    boolean detach(LiveSession session) {
        lock.lock();
        try {
            return audience.leave(session);
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return audience.isEmpty() && !settling;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what is old. */
    void clean() {
        recent.clean();
    }

    /** Tells nobody anything any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            recent.close();
            audience.all().forEach(audience::leave);
        } finally {
            lock.unlock();
        }
    }

    private void deliver(ChatEvent.Timeline event) {
        cursor = event.seq().value();
        recent.add(event);
        audience.tell(event);
        deliveries.delivered(roomId, cursor, audience.size() + tellActorOutside(event));
    }

    /** What was stored before is told once more to the sessions of whose doing it is, which may have asked again (G6). */
    void tellAgain(ChatEvent.Timeline event) {
        lock.lock();
        try {
            int unused = tellActorOutside(event);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Who is in the room is told of each place once; those of the actor's sessions that are not may be told again.
     *
     * @return how many were told
     */
    private int tellActorOutside(ChatEvent.Timeline event) {
        int told = 0;
        UserId actor = event.actor();
        if (actor != null) {
            for (LiveSession session : sessions.ofUser(actor)) {
                if (!audience.has(session)) {
                    session.lane().post(() -> session.tell(event));
                    told++;
                }
            }
        }
        return told;
    }

    private void settle() {
        settling = true;
        background.call(this::settleWithStore).whenComplete((done, fault) -> {
            if (fault != null) {
                background.retry(RETRY, this::settle);
            }
        });
    }

    /** Asks the store until nothing is open: first who is still a member, then what lies between cursor and target. */
    private boolean settleWithStore() {
        while (true) {
            Set<UserId> unverified = new HashSet<>();
            long from;
            lock.lock();
            try {
                if (closed || (wantedVersion <= memberVersion && target <= cursor)) {
                    settling = false;
                    return true;
                }
                if (wantedVersion > memberVersion) {
                    unverified.addAll(audience.users());
                }
                from = cursor;
            } finally {
                lock.unlock();
            }
            if (!verify(unverified)) {
                fill(from);
            }
        }
    }

    /** Returns whether membership was open; if so it may be still. */
    private boolean verify(Set<UserId> users) {
        long wanted;
        lock.lock();
        try {
            wanted = wantedVersion;
            if (wanted <= memberVersion) {
                return false;
            }
        } finally {
            lock.unlock();
        }
        RoomStanding standing = stores.rooms().standing(roomId, users).orElse(null);
        lock.lock();
        try {
            if (standing == null) {
                audience.all().forEach(this::evict);
                memberVersion = wanted;
                return true;
            }
            memberCount = standing.memberCount();
            if (audience.verify(users, standing, this::evict)) {
                // A version that the store does not have is one that it lost: waiting for it would stop the room, and
                // holding on to it would shut out whoever comes.
                memberVersion = standing.memberVersion();
                if (wantedVersion == wanted) {
                    wantedVersion = memberVersion;
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void evict(LiveSession session) {
        audience.leave(session);
        session.wasRemoved(roomId);
    }

    private void fill(long from) {
        List<ChatEvent.Timeline> events =
                stores.log().events(roomId, new Sequence(from), PAGE).items();
        lock.lock();
        try {
            for (ChatEvent.Timeline event : events) {
                if (event.seq().value() == cursor + 1) {
                    deliver(event);
                }
            }
            if (events.isEmpty()) {
                // Announced and not there: only a store that lost it can be the reason, and then the epoch tells.
                target = cursor;
            }
        } finally {
            lock.unlock();
        }
    }
}
