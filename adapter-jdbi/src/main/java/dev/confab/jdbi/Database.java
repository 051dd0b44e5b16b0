package dev.confab.jdbi;

import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** Runs work on the database and turns its failures into what the ports promise. Safe on any thread. */
final class Database {

    private static final int ATTEMPTS = 5;

    private final Jdbi jdbi;

    Database(DataSource dataSource) {
        this.jdbi = Jdbi.create(dataSource).installPlugin(new PostgresPlugin());
    }

    /** Runs work of a single statement, or of several that need not see the same moment. */
    <T> T read(Function<Handle, T> work) {
        try {
            return jdbi.withHandle(work::apply);
        } catch (RuntimeException e) {
            throw Failures.translated(e);
        }
    }

    /**
     * Runs work in one READ COMMITTED transaction: all or nothing. When another transaction was in its way it is rolled
     * back and run anew, a few times.
     */
    <T> T write(Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction(work::apply);
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || Failures.of(e) != Failures.COLLISION) {
                    throw Failures.translated(e);
                }
            }
        }
    }
}
