package dev.confab.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a test run: one stack for all tests of all modules of one Maven run.
 *
 * <p>The first test that asks starts it (about 5 s), in a folder below {@code target} of the top-level project; all later
 * ones, also those in other test JVMs, get the same. It ends by itself, with all its data, when Maven ends in whatever
 * way; in an IDE, with the JVM of the tests. Nothing has to be closed.
 *
 * <p>Servers are shared, so a test asks for a place of its own: {@link #newDatabase()}, {@link #newRedisDatabase()},
 * {@link #newTopicPrefix()}. A test that stops or kills servers starts a {@link LocalStack} of its own.
 *
 * <p>Data is {@link Durability#DISPOSABLE}. Thread-safe.
 */
public final class SharedStack {

    private static @Nullable SharedStack instance;

    private final SharedStackState state;

    private SharedStack(SharedStackState state) {
        this.state = state;
    }

    /**
     * The stack of this run, started if it is not running.
     *
     * @throws LocalStackException if it does not start
     */
    public static synchronized SharedStack get() {
        SharedStack stack = instance;
        if (stack == null) {
            stack = new SharedStack(TestRun.current().joinStack());
            instance = stack;
        }
        return stack;
    }

    /** The JDBC URL of the database that is there from the start; {@link #newDatabase()} is nearly always better. */
    public String postgresUrl() {
        return PostgresAdmin.url(state.postgresPort(), PostgresServer.DATABASE);
    }

    /** The owner of all databases. */
    public String postgresUser() {
        return PostgresServer.USER;
    }

    /** The owner's password. */
    public String postgresPassword() {
        return state.postgresPassword();
    }

    /** The URI of Redis, database 0. */
    public String redisUri() {
        return RedisServer.uri(state.redisPort(), 0);
    }

    /** What a Kafka client takes as {@code bootstrap.servers}. */
    public String kafkaBootstrap() {
        return "127.0.0.1:" + state.kafkaPort();
    }

    /** Makes an empty database and returns its JDBC URL; takes about 50 ms. */
    public String newDatabase() {
        String name = "t_" + unique();
        new PostgresAdmin(state.postgresPort(), postgresUser(), postgresPassword()).createDatabase(name);
        return PostgresAdmin.url(state.postgresPort(), name);
    }

    /**
     * The URI of an empty logical database of Redis, which no other test has; after 1,023 they are used again.
     *
     * <p>Channels of Pub/Sub know no databases: what is published in one is heard in all.
     */
    public String newRedisDatabase() {
        try {
            String count = RedisProbe.ask(state.redisPort(), "INCR local-stack:databases")
                    .getFirst();
            int database = (int) (Long.parseLong(count.substring(1)) % (RedisServer.DATABASES - 1)) + 1;
            List<String> unused = RedisProbe.ask(state.redisPort(), "SELECT " + database, "FLUSHDB");
            return RedisServer.uri(state.redisPort(), database);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A beginning for names of topics, groups and clients that no other test has, for example {@code t1f0c9ab2-}. */
    public String newTopicPrefix() {
        return "t" + unique() + "-";
    }

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
