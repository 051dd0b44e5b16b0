package dev.confab.chat.inmemory;

import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.PresenceUnavailableException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Presence of the users of all servers inside one JVM. Safe on any thread; never waits for long. */
public final class InMemoryPresence implements Presence {

    private final PresenceBook book;
    private volatile boolean closed;

    /** The presence of a server that is alone. */
    public InMemoryPresence(Clock clock) {
        this(new Hub(clock));
    }

    /** The presence of one of the servers that share a hub. */
    public InMemoryPresence(Hub hub) {
        this.book = hub.book;
    }

    /** What joins the servers inside one JVM. Safe on any thread. */
    public static final class Hub {
        private final PresenceBook book;

        /**
         * @param clock tells how long a connection has been silent
         */
        public Hub(Clock clock) {
            this.book = new PresenceBook(clock);
        }
    }

    @Override
    public boolean connect(UserId userId, ConnectionId connectionId) {
        return ask(open -> open.connect(this, userId, connectionId));
    }

    @Override
    public List<ConnectionId> surplus(UserId userId, int most) {
        return ask(open -> open.surplus(userId, most));
    }

    @Override
    public void closing(UserId userId, ConnectionId connectionId) {
        open().closing(connectionId);
    }

    @Override
    public Departure disconnect(UserId userId, ConnectionId connectionId) {
        return ask(open -> open.disconnect(userId, connectionId));
    }

    @Override
    public boolean enter(RoomId roomId, UserId userId, ConnectionId connectionId) {
        return ask(open -> open.enter(this, roomId, userId, connectionId));
    }

    @Override
    public boolean leave(RoomId roomId, UserId userId, ConnectionId connectionId) {
        return ask(open -> open.leave(roomId, userId, connectionId));
    }

    @Override
    public List<Comeback> heartbeat(Collection<Stay> connections) {
        return ask(open -> open.heartbeat(this, connections));
    }

    @Override
    public List<Departure> sweep() {
        return ask(PresenceBook::sweep);
    }

    @Override
    public Map<UserId, PresenceStatus> query(Collection<UserId> userIds) {
        if (!closed) {
            return book.query(userIds);
        }
        Map<UserId, PresenceStatus> unknown = new HashMap<>();
        userIds.forEach(userId -> unknown.put(userId, PresenceStatus.UNKNOWN));
        return unknown;
    }

    @Override
    public Set<UserId> inRoom(RoomId roomId) {
        return ask(open -> open.inRoom(roomId));
    }

    @Override
    public void check() {
        open();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            book.handOver(this);
        }
    }

    private <T> T ask(Function<PresenceBook, T> work) {
        return work.apply(open());
    }

    private PresenceBook open() {
        if (closed) {
            throw new PresenceUnavailableException("presence was closed");
        }
        return book;
    }
}
