package dev.confab.redis;

import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * The pool of connections that all adapters share, and the knowledge whether Redis is away: while it is, calls fail at
 * once, and only those asks that are made in any case wait for it. One success ends that. Safe on any thread; no I/O
 * before the first call.
 */
final class RedisConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisConnections.class);

    // Together less than the 2 s that a check may take.
    private static final int CONNECT_MILLIS = 700;
    private static final int ANSWER_MILLIS = 700;
    private static final int LISTENING_MILLIS = 6_000;
    private static final Duration POOL_WAIT = Duration.ofMillis(500);
    private static final int POOL_SIZE = 16;

    private final HostAndPort address;
    private final JedisClientConfig listening;
    private final ConnectionPool pool;
    private volatile Runnable onAway = () -> {};
    private volatile Runnable onBack = () -> {};
    private volatile boolean away;
    private volatile boolean closed;

    RedisConnections(URI uri) {
        this.address = JedisURIHelper.getHostAndPort(uri);
        this.listening = config(uri, LISTENING_MILLIS);
        ConnectionPoolConfig poolConfig = new ConnectionPoolConfig();
        poolConfig.setMaxTotal(POOL_SIZE);
        poolConfig.setMaxIdle(POOL_SIZE);
        poolConfig.setMaxWait(POOL_WAIT);
        poolConfig.setJmxEnabled(false);
        this.pool = new ConnectionPool(address, config(uri, ANSWER_MILLIS), poolConfig);
    }

    private static JedisClientConfig config(URI uri, int silenceMillis) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis(CONNECT_MILLIS)
                .socketTimeoutMillis(ANSWER_MILLIS)
                .blockingSocketTimeoutMillis(silenceMillis)
                .user(JedisURIHelper.getUser(uri))
                .password(JedisURIHelper.getPassword(uri))
                .database(JedisURIHelper.getDBIndex(uri))
                // Redis 6.2 does not know CLIENT SETINFO.
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (JedisURIHelper.isRedisSSLScheme(uri)) {
            config.sslOptions(SslOptions.defaults());
        }
        return config.build();
    }

    /** What runs, on the thread that noticed it, each time Redis went away or came back. */
    void onChange(Runnable away, Runnable back) {
        this.onAway = away;
        this.onBack = back;
    }

    /** Whether Redis did not answer when it was last asked. */
    boolean isAway() {
        return away;
    }

    /** Asks Redis, unless it is known to be away. */
    <T> T call(Function<Connection, T> work) {
        if (away) {
            throw new JedisConnectionException("Redis at " + address + " is away");
        }
        return ask(work);
    }

    /** Asks Redis in any case. */
    <T> T ask(Function<Connection, T> work) {
        if (closed) {
            throw new JedisConnectionException("the connections to Redis at " + address + " were closed");
        }
        try {
            T answer;
            try (Connection connection = pool.getResource()) {
                answer = work.apply(connection);
            }
            cameBack();
            return answer;
        } catch (JedisConnectionException e) {
            wentAway(e);
            throw e;
        }
    }

    /** Asks for a sign of life in any case. */
    void ping() {
        boolean unused = ask(Connection::ping);
    }

    /** A connection outside the pool, for listening. It counts as lost when it is silent for 6 s. */
    Connection openForListening() {
        return new Connection(address, listening);
    }

    private void cameBack() {
        if (away) {
            away = false;
            LOG.info("Redis at {} answers again", address);
            onBack.run();
        }
    }

    private void wentAway(JedisConnectionException cause) {
        boolean news = !away;
        away = true;
        // What waits in the pool was opened to the server that is gone.
        pool.clear();
        if (news && !closed) {
            LOG.warn("Redis at {} does not answer: {}", address, cause.getMessage());
            onAway.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        pool.close();
    }

    @Override
    public String toString() {
        return "Redis at " + address;
    }
}
