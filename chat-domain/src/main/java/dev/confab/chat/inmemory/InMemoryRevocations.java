package dev.confab.chat.inmemory;

import dev.confab.chat.model.SessionId;
import dev.confab.chat.port.out.Revocations;
import dev.confab.chat.port.out.Subscription;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Ended logins, known to all servers inside one JVM at once. Safe on any thread. */
public final class InMemoryRevocations implements Revocations {

    private final Hub hub;
    private final Lane lane = new Lane("confab-revocations");
    private final CopyOnWriteArrayList<ListenerSubscription<SessionId>> subscriptions = new CopyOnWriteArrayList<>();

    /** The revocations of a server that is alone. */
    public InMemoryRevocations(Clock clock) {
        this(new Hub(clock));
    }

    /** The revocations of one of the servers that share a hub. */
    public InMemoryRevocations(Hub hub) {
        this.hub = hub;
        hub.servers.add(this);
    }

    /** What joins the servers inside one JVM. Safe on any thread. */
    public static final class Hub {
        private final Clock clock;
        private final Map<SessionId, Instant> revoked = new ConcurrentHashMap<>();
        private final CopyOnWriteArrayList<InMemoryRevocations> servers = new CopyOnWriteArrayList<>();

        /**
         * @param clock tells when an access token has expired and its revocation can be forgotten
         */
        public Hub(Clock clock) {
            this.clock = clock;
        }
    }

    @Override
    public void revoke(SessionId sessionId, Instant until) {
        Instant now = hub.clock.instant();
        hub.revoked.values().removeIf(end -> !end.isAfter(now));
        if (until.isAfter(now)) {
            hub.revoked.merge(sessionId, until, (one, other) -> one.isAfter(other) ? one : other);
            hub.servers.forEach(server -> server.tell(sessionId));
        }
    }

    private void tell(SessionId sessionId) {
        subscriptions.forEach(subscription -> lane.execute(() -> subscription.tell(sessionId)));
    }

    @Override
    public boolean isRevoked(SessionId sessionId) {
        Instant until = hub.revoked.get(sessionId);
        return until != null && until.isAfter(hub.clock.instant());
    }

    @Override
    public Subscription onRevoked(Consumer<SessionId> listener) {
        ListenerSubscription<SessionId> subscription = new ListenerSubscription<>(listener, subscriptions::remove);
        subscriptions.add(subscription);
        return subscription;
    }

    @Override
    public void close() {
        hub.servers.remove(this);
        subscriptions.forEach(ListenerSubscription::close);
    }
}
