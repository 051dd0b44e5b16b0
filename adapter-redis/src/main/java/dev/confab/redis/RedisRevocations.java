package dev.confab.redis;

import dev.confab.chat.model.SessionId;
import dev.confab.chat.port.out.Revocations;
import dev.confab.chat.port.out.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Ended logins as {@code revocations.lua} keeps them, and a view of them in memory. The view hears of an ending by
 * Pub/Sub at once, and reads twice a second what came after the last place it knows, so that a message that gets lost
 * delays the news by half a second and no more. After each reconnection it reads all, and writes what Redis lost.
 */
final class RedisRevocations implements Revocations {

    private static final Logger LOG = LoggerFactory.getLogger(RedisRevocations.class);

    private static final LuaScript SCRIPT = LuaScript.named("revocations.lua");
    private static final String BEGINNING = "0";
    private static final String MOST_READ_AT_ONCE = "1000";
    private static final int MOST_TOLD_AT_ONCE = 1_000;
    /** How far the clocks of servers may differ from each other without one forgetting too early. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final long CLOSE_SECONDS = 5;

    private final RedisConnections connections;
    private final String prefix;
    private final Clock clock;
    private final Map<SessionId, Instant> revoked = new ConcurrentHashMap<>();
    private final Map<SessionId, Instant> untold = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<ListenerSubscription<SessionId>> subscriptions = new CopyOnWriteArrayList<>();
    private final ExecutorService teller = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("confab-redis-tell").factory());
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean readAll = true;
    private String place = BEGINNING;

    RedisRevocations(RedisConnections connections, String prefix, Clock clock) {
        this.connections = connections;
        this.prefix = prefix;
        this.clock = clock;
    }

    @Override
    public void revoke(SessionId sessionId, Instant until) {
        if (!until.isAfter(clock.instant())) {
            return;
        }
        learn(sessionId, until);
        untold.merge(sessionId, until, RedisRevocations::later);
        try {
            connections.call(connection -> tell(connection, sessionId, until));
        } catch (JedisException e) {
            LOG.warn("The end of login {} is told to other servers when Redis is back: {}", sessionId, e.getMessage());
        }
    }

    @Override
    public boolean isRevoked(SessionId sessionId) {
        Instant until = revoked.get(sessionId);
        return until != null && until.isAfter(clock.instant());
    }

    @Override
    public Subscription onRevoked(Consumer<SessionId> listener) {
        ListenerSubscription<SessionId> subscription = new ListenerSubscription<>(listener, subscriptions::remove);
        subscriptions.add(subscription);
        return subscription;
    }

    String channel() {
        return prefix + "signal:revoked";
    }

    void onMessage(String message) {
        String[] parts = message.split(" ", -1);
        if (parts.length >= 2) {
            learn(parts[0], parts[1]);
        }
    }

    /** Messages may have been missed, and Redis may have lost what it knew. */
    void onConnected() {
        readAll = true;
    }

    /** Reads what is new and tells what is untold. To be called twice a second. */
    void refresh() {
        if (!reading.tryLock()) {
            return;
        }
        try {
            Instant now = clock.instant();
            revoked.values().removeIf(until -> !until.isAfter(now));
            untold.values().removeIf(until -> !until.isAfter(now));
            connections.ask(connection -> {
                read(connection);
                untold.entrySet().stream()
                        .limit(MOST_TOLD_AT_ONCE)
                        .forEach(ending -> tell(connection, ending.getKey(), ending.getValue()));
                return true;
            });
        } catch (JedisException e) {
            LOG.debug("Ended logins could not be read", e);
        } finally {
            reading.unlock();
        }
    }

    private void read(Connection connection) {
        boolean all = readAll;
        // A reconnection from here on asks for another reading.
        readAll = false;
        try {
            Set<SessionId> found = new HashSet<>();
            String from = all ? BEGINNING : place;
            for (List<?> news = since(connection, from);
                    news.size() > 1 || !news.getFirst().equals(""); ) {
                for (int i = 1; i < news.size(); i += 2) {
                    learn((String) news.get(i), (String) news.get(i + 1)).ifPresent(found::add);
                }
                from = (String) news.getFirst();
                news = since(connection, from);
            }
            place = from;
            if (all) {
                revoked.forEach((sessionId, until) -> {
                    if (!found.contains(sessionId)) {
                        untold.merge(sessionId, until, RedisRevocations::later);
                    }
                });
            }
        } catch (JedisException e) {
            readAll |= all;
            throw e;
        }
    }

    private List<?> since(Connection connection, String from) {
        return (List<?>) SCRIPT.run(connection, List.of("since", prefix, from, MOST_READ_AT_ONCE));
    }

    private boolean tell(Connection connection, SessionId sessionId, Instant until) {
        Duration keep = Duration.between(clock.instant(), until).plus(MARGIN);
        Object unused = SCRIPT.run(
                connection,
                List.of(
                        "revoke",
                        prefix,
                        sessionId.toString(),
                        String.valueOf(until.toEpochMilli()),
                        String.valueOf(keep.toMillis())));
        return untold.remove(sessionId, until);
    }

    private Optional<SessionId> learn(String sid, String expiry) {
        Optional<SessionId> sessionId = SessionId.parse(sid);
        try {
            Instant until = Instant.ofEpochMilli(Long.parseLong(expiry));
            sessionId.ifPresent(id -> learn(id, until));
            return sessionId;
        } catch (NumberFormatException e) {
            LOG.debug("Not the end of a login: {} {}", sid, expiry);
            return Optional.empty();
        }
    }

    private void learn(SessionId sessionId, Instant until) {
        if (!until.isAfter(clock.instant())) {
            return;
        }
        boolean news = !revoked.containsKey(sessionId);
        revoked.merge(sessionId, until, RedisRevocations::later);
        if (news) {
            for (ListenerSubscription<SessionId> subscription : subscriptions) {
                tellListener(subscription, sessionId);
            }
        }
    }

    private void tellListener(ListenerSubscription<SessionId> subscription, SessionId sessionId) {
        try {
            teller.execute(() -> {
                try {
                    subscription.tell(sessionId);
                } catch (RuntimeException e) {
                    LOG.warn("A listener to ended logins failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed; nobody is told of {}", sessionId, e);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public void close() {
        subscriptions.forEach(ListenerSubscription::close);
        teller.shutdown();
        try {
            if (!teller.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A listener to ended logins does not return");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
