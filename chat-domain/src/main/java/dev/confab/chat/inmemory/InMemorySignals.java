package dev.confab.chat.inmemory;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.port.out.Signals;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signals between the servers inside one JVM. A server whose listener is too slow loses what goes beyond 10,000 waiting
 * signals. Safe on any thread.
 */
public final class InMemorySignals implements Signals {

    private static final int MAX_WAITING = 10_000;

    private final Hub hub;
    private final Set<RoomId> followed = ConcurrentHashMap.newKeySet();
    private final Lane lane = new Lane("confab-signals");
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Consumer<Signal> listener;
    private volatile boolean closed;

    /** The signals of a server that is alone. */
    public InMemorySignals() {
        this(new Hub());
    }

    /** The signals of one of the servers that share a hub. */
    public InMemorySignals(Hub hub) {
        this.hub = hub;
        hub.servers.add(this);
    }

    /** What joins the servers inside one JVM. Safe on any thread. */
    public static final class Hub {
        private final CopyOnWriteArrayList<InMemorySignals> servers = new CopyOnWriteArrayList<>();
    }

    @Override
    public void send(Signal signal) {
        if (!closed) {
            hub.servers.forEach(server -> server.hear(signal));
        }
    }

    private void hear(Signal signal) {
        if (!concerns(signal)) {
            return;
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return;
        }
        lane.execute(() -> {
            waiting.decrementAndGet();
            Consumer<Signal> current = listener;
            if (current != null && !closed && concerns(signal)) {
                current.accept(signal);
            }
        });
    }

    private boolean concerns(Signal signal) {
        return !(signal instanceof Signal.OfRoom ofRoom) || followed.contains(ofRoom.roomId());
    }

    @Override
    public void onSignal(Consumer<Signal> listener) {
        this.listener = listener;
    }

    @Override
    public void follow(RoomId roomId) {
        if (!closed) {
            followed.add(roomId);
        }
    }

    @Override
    public void unfollow(RoomId roomId) {
        followed.remove(roomId);
    }

    @Override
    public void close() {
        closed = true;
        hub.servers.remove(this);
        followed.clear();
    }
}
