package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How far one room has come here and how far it is known to go, in its order and in its membership. Brings the first up
 * to the second with the store, off the bus's thread: who is still a member, and only then what lies between.
 *
 * <p>Guarded by the room's lock, which every caller holds; it is let go while the store is asked.
 */
final class CatchUp {

    private static final Duration RETRY = Duration.ofMillis(250);
    private static final int PAGE = 500;

    private final RoomId roomId;
    private final LiveStores stores;
    private final Background background;
    private final ReentrantLock lock;
    private final RoomAudience audience;
    private final Consumer<ChatEvent.Timeline> deliver;
    private final Consumer<LiveSession> evict;
    private final LongConsumer skipped;

    private boolean underWay;
    private boolean closed;
    private long cursor;
    private long target;
    private long memberVersion;
    private long wantedVersion;

    /**
     * @param lock the room's
     * @param deliver tells all in the room of what comes next; called under the lock
     * @param evict takes out who is no member; called under the lock
     * @param skipped is told to where the room has come without telling anybody; called under the lock
     */
    CatchUp(
            RoomId roomId,
            LiveStores stores,
            Background background,
            ReentrantLock lock,
            RoomAudience audience,
            Consumer<ChatEvent.Timeline> deliver,
            Consumer<LiveSession> evict,
            LongConsumer skipped) {
        this.roomId = roomId;
        this.stores = stores;
        this.background = background;
        this.lock = lock;
        this.audience = audience;
        this.deliver = deliver;
        this.evict = evict;
        this.skipped = skipped;
    }

    void begin(long place, long version) {
        cursor = place;
        memberVersion = version;
    }

    /** Nothing is asked any more. */
    void close() {
        closed = true;
    }

    /** The last place that was delivered. */
    long cursor() {
        return cursor;
    }

    void delivered(long seq) {
        cursor = seq;
    }

    /** As of which version of the membership all who are in the room are known to be members. */
    long memberVersion() {
        return memberVersion;
    }

    void verified(long version) {
        memberVersion = version;
    }

    /** The room goes as far as this, and what it holds up to there was stored under this version or an older one. */
    void announced(long seq, long version) {
        target = Math.max(target, seq);
        announced(version);
    }

    void announced(long version) {
        wantedVersion = Math.max(wantedVersion, version);
    }

    /** Whether a place may be delivered as it comes. */
    boolean isNext(long seq) {
        return seq == cursor + 1 && !isMembershipOpen();
    }

    boolean isMembershipOpen() {
        return wantedVersion > memberVersion;
    }

    boolean isOpen() {
        return target > cursor || isMembershipOpen();
    }

    /** Whether the store is being asked; what is announced meanwhile is settled as well. */
    boolean isUnderWay() {
        return underWay;
    }

    void start() {
        underWay = true;
        background.call(this::settle).whenComplete((done, fault) -> {
            if (fault != null) {
                background.retry(RETRY, this::start);
            }
        });
    }

    private boolean settle() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
        return true;
    }

    /** What to ask next; null when nothing is open. */
    private @Nullable Runnable next() {
        lock.lock();
        try {
            if (closed || !isOpen()) {
                underWay = false;
                return null;
            }
            if (isMembershipOpen()) {
                long wanted = wantedVersion;
                Set<UserId> users = audience.users();
                return () -> verify(wanted, users);
            }
            long from = cursor;
            long upTo = target;
            return () -> fill(from, upTo);
        } finally {
            lock.unlock();
        }
    }

    private void verify(long wanted, Set<UserId> users) {
        RoomStanding standing = stores.rooms().standing(roomId, users).orElse(null);
        lock.lock();
        try {
            if (standing == null) {
                audience.all().forEach(evict);
                memberVersion = wanted;
            } else if (audience.verify(users, standing, evict)) {
                // A version that the store does not have is one that it lost: waiting for it would stop the room, and
                // holding on to it would shut out whoever comes.
                memberVersion = standing.memberVersion();
                if (wantedVersion == wanted) {
                    wantedVersion = memberVersion;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param upTo what lies beyond was not announced when membership was last looked at: somebody may have been removed
     *     before it, and it comes in its turn (G14)
     */
    private void fill(long from, long upTo) {
        List<ChatEvent.Timeline> events =
                stores.log().events(roomId, new Sequence(from), PAGE).items();
        boolean isHole = events.isEmpty() || events.getFirst().seq().value() > from + 1;
        long purged = isHole ? purgedUpTo() : 0;
        lock.lock();
        try {
            if (isHole && purged > cursor) {
                // It was deleted for good before it could be told: the room goes on behind it.
                cursor = Math.min(purged, upTo);
                skipped.accept(cursor);
            }
            for (ChatEvent.Timeline event : events) {
                long seq = event.seq().value();
                if (seq == cursor + 1 && seq <= upTo) {
                    deliver.accept(event);
                }
            }
            if (cursor == from) {
                // Announced and not there: only a store that lost it can be the reason, and then the epoch tells.
                target = cursor;
            }
        } finally {
            lock.unlock();
        }
    }

    private long purgedUpTo() {
        return stores.rooms()
                .standing(roomId, List.of())
                .map(standing -> standing.purgedSeq().value())
                .orElse(0L);
    }
}
