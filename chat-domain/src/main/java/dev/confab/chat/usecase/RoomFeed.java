package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.util.List;
import java.util.Optional;
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

    /** In rooms with more members, who comes and goes is asked for and not told. */
    private static final int MOST_MEMBERS_TOLD = 100;

    private final RoomId roomId;
    private final LiveStores stores;
    private final LiveSessions sessions;
    private final DeliveryMemory deliveries;

    private final ReentrantLock lock = new ReentrantLock();
    private final RoomAudience audience = new RoomAudience();
    private final RecentTimeline recent;
    private final CatchUp catchUp;
    private boolean loaded;
    private boolean closed;

    RoomFeed(
            RoomId roomId,
            LiveStores stores,
            Background background,
            LiveSessions sessions,
            DeliveryMemory deliveries,
            RecentMemory memory) {
        this.roomId = roomId;
        this.stores = stores;
        this.sessions = sessions;
        this.deliveries = deliveries;
        this.recent = new RecentTimeline(memory);
        this.catchUp =
                new CatchUp(roomId, stores, background, lock, audience, this::deliver, this::evict, recent::begin);
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
            begin(first.value() - 1, version);
        } finally {
            lock.unlock();
        }
    }

    private void begin(long place, long version) {
        if (!loaded) {
            loaded = true;
            recent.begin(place);
            catchUp.begin(place, version);
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
            catchUp.announced(seq, publication.memberVersion());
            if (!loaded || seq <= catchUp.cursor()) {
                int unused = tellActorOutside(event);
            } else if (!catchUp.isUnderWay()) {
                if (audience.isEmpty()) {
                    // There is nobody to miss anything or to be looked at; but who comes must be a member as of this.
                    catchUp.verified(Math.max(catchUp.memberVersion(), publication.memberVersion()));
                    deliver(event);
                } else if (catchUp.isNext(seq)) {
                    deliver(event);
                } else {
                    catchUp.start();
                }
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
            catchUp.announced(version);
            if (loaded && !closed && !catchUp.isUnderWay() && catchUp.isMembershipOpen()) {
                catchUp.start();
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
            if (event instanceof ChatEvent.Coming && audience.memberCount() > MOST_MEMBERS_TOLD) {
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
            begin(standing.lastSeq().value(), standing.memberVersion());
            if (standing.memberVersion() < catchUp.memberVersion()) {
                return Optional.empty();
            }
            if (audience.isEmpty()) {
                catchUp.verified(standing.memberVersion());
            }
            audience.memberCount(standing.memberCount());
            audience.leave(session);
            // The store may be ahead of what was heard here: what lies between is told by replay, not as live.
            long begin = Math.max(catchUp.cursor(), standing.lastSeq().value());
            Beginning beginning = plan.apply(begin);
            Subscriber subscriber = new Subscriber(session, beginning.seen(), beginning.live());
            audience.enter(subscriber, standing.memberVersion(), () -> {
                subscriber.mustReach(begin);
                beginning.begun().accept(subscriber);
            });
            if (catchUp.isOpen() && !catchUp.isUnderWay()) {
                catchUp.start();
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
            return audience.isEmpty() && !catchUp.isUnderWay();
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
            catchUp.close();
            recent.close();
            audience.all().forEach(audience::leave);
        } finally {
            lock.unlock();
        }
    }

    private void deliver(ChatEvent.Timeline event) {
        long seq = event.seq().value();
        catchUp.delivered(seq);
        recent.add(event);
        audience.tell(event);
        deliveries.delivered(roomId, seq, audience.size() + tellActorOutside(event));
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

    private void evict(LiveSession session) {
        audience.leave(session);
        session.wasRemoved(roomId);
    }
}
