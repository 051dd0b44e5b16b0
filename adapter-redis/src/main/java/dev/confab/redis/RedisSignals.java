package dev.confab.redis;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.port.out.Signals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Signals over Pub/Sub, one channel for each room and one for all servers. One thread sends, in batches: whatever came while the last batch was
 * under way is the next. What goes beyond 10,000 waiting signals, or meets a Redis that is away, is dropped.
 */
final class RedisSignals implements Signals {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSignals.class);

    private static final int MAX_WAITING = 10_000;
    private static final int MOST_IN_A_BATCH = 500;
    private static final long CLOSE_MILLIS = 1_000;

    private final RedisConnections connections;
    private final Subscriber subscriber;
    private final String channelPrefix;
    private final String everywhere;
    private final Thread sender =
            Thread.ofPlatform().daemon().name("confab-redis-send").unstarted(this::work);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Signal> waiting = new ArrayDeque<>();
    private final Map<RoomId, Boolean> follows = new LinkedHashMap<>();
    private boolean closing;
    private volatile @Nullable Consumer<Signal> listener;

    RedisSignals(RedisConnections connections, Subscriber subscriber, String prefix) {
        this.connections = connections;
        this.subscriber = subscriber;
        this.channelPrefix = prefix + "signal:room:";
        this.everywhere = prefix + "signal:servers";
    }

    void start() {
        subscriber.subscribe(List.of(everywhere));
        sender.start();
    }

    @Override
    public void send(Signal signal) {
        if (connections.isAway()) {
            return;
        }
        change(() -> {
            if (waiting.size() == MAX_WAITING) {
                // The oldest says least about how things are.
                Signal unused = waiting.remove();
            }
            waiting.add(signal);
        });
    }

    @Override
    public void follow(RoomId roomId) {
        change(() -> follows.put(roomId, true));
    }

    @Override
    public void unfollow(RoomId roomId) {
        change(() -> follows.put(roomId, false));
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            if (!closing) {
                change.run();
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onSignal(Consumer<Signal> listener) {
        this.listener = listener;
    }

    /** Whether signals come over that channel. */
    boolean isMine(String channel) {
        return channel.startsWith(channelPrefix) || channel.equals(everywhere);
    }

    /** Called by the one thread that listens. */
    void onMessage(String message) {
        Consumer<Signal> current = listener;
        if (current == null) {
            return;
        }
        SignalCodec.decode(message).ifPresent(signal -> {
            try {
                current.accept(signal);
            } catch (RuntimeException e) {
                LOG.warn("The listener of signals failed", e);
            }
        });
    }

    private void work() {
        List<Signal> signals = new ArrayList<>();
        Map<RoomId, Boolean> changes = new LinkedHashMap<>();
        while (take(signals, changes)) {
            try {
                subscribe(changes);
                publish(signals);
            } catch (RuntimeException e) {
                // Nobody would start this thread again.
                LOG.error("{} signals were not sent", signals.size(), e);
            }
            signals.clear();
            changes.clear();
        }
    }

    /** Waits for work and takes it; false when there is none and never will be. */
    private boolean take(List<Signal> signals, Map<RoomId, Boolean> changes) {
        lock.lock();
        try {
            while (waiting.isEmpty() && follows.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            changes.putAll(follows);
            follows.clear();
            for (Signal signal = waiting.poll(); signal != null; signal = next(signals)) {
                signals.add(signal);
            }
            return !signals.isEmpty() || !changes.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Signal next(List<Signal> signals) {
        return signals.size() < MOST_IN_A_BATCH ? waiting.poll() : null;
    }

    private void subscribe(Map<RoomId, Boolean> changes) {
        List<String> more = new ArrayList<>();
        List<String> less = new ArrayList<>();
        changes.forEach((room, follow) -> (follow ? more : less).add(channelPrefix + room));
        if (!more.isEmpty()) {
            subscriber.subscribe(more);
        }
        if (!less.isEmpty()) {
            subscriber.unsubscribe(less);
        }
    }

    private void publish(List<Signal> signals) {
        if (signals.isEmpty()) {
            return;
        }
        try {
            connections.call(connection -> {
                try (Pipeline pipeline = new Pipeline(connection)) {
                    signals.forEach(signal -> pipeline.publish(channelOf(signal), SignalCodec.encode(signal)));
                    pipeline.sync();
                }
                return signals.size();
            });
        } catch (JedisException e) {
            LOG.debug("{} signals were dropped", signals.size(), e);
            dropWaiting();
        }
    }

    private String channelOf(Signal signal) {
        return signal instanceof Signal.OfRoom ofRoom ? channelPrefix + ofRoom.roomId() : everywhere;
    }

    /** Nobody wants to hear later who was typing during an outage. */
    private void dropWaiting() {
        lock.lock();
        try {
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            // What was said before is still sent.
            sender.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listener = null;
    }
}
