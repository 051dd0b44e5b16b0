package dev.confab.jdbi;

import dev.confab.chat.port.out.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Brings the tables up to date, forwards only. The migrations lie beside this class and their history in a table of
 * its own, so that a host's own migrations in the same program or the same database are not touched.
 */
final class Schema {

    private static final String LOCATION = "classpath:dev/confab/jdbi/migration";
    private static final String HISTORY = "confab_schema_history";
    /** Any number, as long as every server takes the same. */
    private static final long LOCK = 0x636F_6E66_6162_0001L;

    private static final int CONNECT_SECONDS = 3;
    /** A migration of large tables may take long; a server that is gone shall not hold up the start for ever. */
    private static final int SOCKET_SECONDS = 600;

    private Schema() {}

    /** Holds a lock meanwhile: of servers that start at once, one migrates and the others find it done. */
    static void migrate(JdbiSettings settings) {
        PGSimpleDataSource dataSource = dataSource(settings);
        try (Connection lock = dataSource.getConnection();
                Statement statement = lock.createStatement()) {
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
            migrate(dataSource);
        } catch (SQLException e) {
            throw new StoreUnavailableException("The database does not answer: " + e.getMessage(), e);
        }
    }

    private static void migrate(PGSimpleDataSource dataSource) {
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations(LOCATION)
                .table(HISTORY)
                .cleanDisabled(true)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        try {
            refuseNewer(flyway);
            flyway.migrate();
        } catch (FlywayException e) {
            if (Failures.of(e) == Failures.UNAVAILABLE) {
                throw Failures.translated(e);
            }
            throw new IllegalStateException("The database's schema cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    private static void refuseNewer(Flyway flyway) {
        MigrationVersion known = null;
        MigrationVersion found = null;
        for (MigrationInfo migration : flyway.info().all()) {
            MigrationVersion version = migration.getVersion();
            if (version == null) {
                continue;
            }
            if (migration.getState() == MigrationState.FUTURE_SUCCESS) {
                found = greater(found, version);
            } else {
                known = greater(known, version);
            }
        }
        if (found != null) {
            throw new SchemaTooNewException(found.toString(), String.valueOf(known));
        }
    }

    private static MigrationVersion greater(@Nullable MigrationVersion one, MigrationVersion other) {
        return one != null && one.compareTo(other) > 0 ? one : other;
    }

    private static PGSimpleDataSource dataSource(JdbiSettings settings) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setConnectTimeout(CONNECT_SECONDS);
        dataSource.setSocketTimeout(SOCKET_SECONDS);
        dataSource.setApplicationName("confab migration");
        dataSource.setUrl(settings.url());
        dataSource.setUser(settings.user());
        dataSource.setPassword(settings.password());
        return dataSource;
    }
}
