package dev.confab.jdbi;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.confab.chat.port.out.StoreUnavailableException;
import java.time.Duration;

/**
 * Opens the connection pool. Every wait is bounded: the server ends what takes too long, and where the server itself
 * hangs (a frozen host, a cut network) the socket's limit ends it, which is longer so that the server speaks first.
 */
final class ConnectionPool {

    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(3);
    private static final Duration VALIDATION = Duration.ofSeconds(1);
    private static final int CONNECT_SECONDS = 3;
    private static final int SOCKET_SECONDS = 12;
    private static final String SERVER_LIMITS =
            "-c statement_timeout=10s -c lock_timeout=8s -c idle_in_transaction_session_timeout=30s";

    /**
     * Every statement here finds its rows by an index, in tables of any size. A plan that was made and kept while a table
     * was small must not read all of it once it has grown, which can be minutes before its statistics tell.
     */
    private static final String PLANS = " -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    private ConnectionPool() {}

    static HikariDataSource open(JdbiSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("confab");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(Math.min(2, settings.poolSize()));
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        config.setValidationTimeout(VALIDATION.toMillis());
        // The schema was brought up to date a moment ago; should the database leave now, the pool waits for it.
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "confab");
        config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
        config.addDataSourceProperty("socketTimeout", SOCKET_SECONDS);
        config.addDataSourceProperty("tcpKeepAlive", true);
        config.addDataSourceProperty("options", SERVER_LIMITS + PLANS);
        // Lets UuidArray travel in binary.
        config.addDataSourceProperty("binaryTransferEnable", Integer.toString(UuidArray.OID));
        // Most statements here run for the whole life of a connection: have the server keep their plans early.
        config.addDataSourceProperty("prepareThreshold", 2);
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new StoreUnavailableException("The connection pool could not be opened: " + e.getMessage(), e);
        }
    }
}
