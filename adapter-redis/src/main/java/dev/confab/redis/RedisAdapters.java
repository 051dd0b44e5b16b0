package dev.confab.redis;

import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.PresenceUnavailableException;
import dev.confab.chat.port.out.Revocations;
import dev.confab.chat.port.out.SharedLimits;
import dev.confab.chat.port.out.Signals;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports that Redis stands behind: presence, signals, ended logins and shared limits, over one pool of at most 16
 * connections and one that listens. Safe on any thread.
 *
 * <p>Redis may be away when they are opened, and at any time later (G10): presence is UNKNOWN and its changes throw,
 * signals are dropped, ended logins are kept and told later. Only the first call notices, after at most 2 s; the next
 * ones fail at once. All is well again within about a second after Redis came back, with or without its data.
 */
public final class RedisAdapters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisAdapters.class);

    private static final long REFRESH_MILLIS = 500;
    private static final long PING_MILLIS = 2_000;

    private final RedisConnections connections;
    private final RedisPresence presence;
    private final RedisSignals signals;
    private final RedisRevocations revocations;
    private final RedisSharedLimits limits;
    private final Subscriber subscriber;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("confab-redis-timer").factory());

    private volatile boolean connectedBefore;

    private RedisAdapters(RedisSettings settings, Clock clock, Supplier<Duration> ahead) {
        String prefix = settings.prefix();
        this.connections = new RedisConnections(settings.uri());
        this.presence = new RedisPresence(new PresenceScript(connections, prefix, settings.serverId(), ahead));
        this.revocations = new RedisRevocations(connections, prefix, clock);
        this.limits = new RedisSharedLimits(connections, prefix);
        this.subscriber = new Subscriber(connections, revocations.channel(), this::onMessage, this::onConnected);
        this.signals = new RedisSignals(connections, subscriber, prefix);
    }

    /**
     * Begins. Blocks for at most 2 s, and only when Redis is away; does not fail for it.
     *
     * @param clock the time by which tokens expire; all else goes by the time of Redis
     */
    public static RedisAdapters open(RedisSettings settings, Clock clock) {
        return open(settings, clock, () -> Duration.ZERO);
    }

    /**
     * Begins, for tests.
     *
     * @param ahead how far presence is ahead of the clock of Redis
     */
    static RedisAdapters open(RedisSettings settings, Clock clock, Supplier<Duration> ahead) {
        RedisAdapters adapters = new RedisAdapters(settings, clock, ahead);
        adapters.start();
        return adapters;
    }

    private void start() {
        // A token that comes first after the start may belong to a login that ended before it.
        refresh();
        connections.onChange(() -> soon(this::refresh), () -> soon(presence::repeatHeartbeat));
        subscriber.start();
        signals.start();
        var unused = timer.scheduleWithFixedDelay(this::refresh, REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
        unused = timer.scheduleWithFixedDelay(subscriber::ping, PING_MILLIS, PING_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void onMessage(String channel, String message) {
        if (signals.isMine(channel)) {
            signals.onMessage(message);
        } else {
            revocations.onMessage(message);
        }
    }

    private void onConnected() {
        revocations.onConnected();
        soon(this::refresh);
        if (connectedBefore) {
            // A restart so quick that nobody else noticed it may have taken the data.
            soon(presence::repeatHeartbeat);
        }
        connectedBefore = true;
    }

    private void soon(Runnable task) {
        try {
            timer.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed meanwhile", e);
        }
    }

    private void refresh() {
        try {
            revocations.refresh();
        } catch (RuntimeException e) {
            // A timer forgets a task that throws.
            LOG.error("Ended logins could not be read", e);
        }
    }

    /** Who is there. */
    public Presence presence() {
        return presence;
    }

    /** What servers tell each other. */
    public Signals signals() {
        return signals;
    }

    /** Logins that ended before their tokens. */
    public Revocations revocations() {
        return revocations;
    }

    /** How much of each limit was used, on all servers together. */
    public SharedLimits limits() {
        return limits;
    }

    /**
     * Asks Redis whether it answers. Blocks for at most 2 s.
     *
     * @throws PresenceUnavailableException when it does not
     */
    public void check() {
        presence.check();
    }

    /** Closes the three ports and all that they share. Blocks for a few seconds at most; idempotent. */
    @Override
    public void close() {
        presence.close();
        signals.close();
        revocations.close();
        timer.shutdownNow();
        subscriber.close();
        connections.close();
    }
}
