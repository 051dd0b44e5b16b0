package dev.confab.jdbi;

import dev.confab.chat.port.out.StoreUnavailableException;
import java.sql.SQLException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of the database means, by its SQLSTATE (PostgreSQL's appendix A). Only what the database says of the
 * data itself is held against the data; everything else is the database's trouble and passes.
 */
enum Failures {

    /** Another transaction was in the way; the same one may well succeed at once. */
    COLLISION,
    /** The data cannot be stored, today or tomorrow. */
    DATA_REFUSED,
    /** The database is away, full, read-only, too slow, or not as it should be. */
    UNAVAILABLE,
    /** Not the database's: a fault of this program. */
    FOREIGN;

    private static final String UNIQUE_VIOLATION = "23505";
    /** serialization_failure, deadlock_detected. */
    private static final Set<String> COLLISIONS = Set.of("40001", "40P01", UNIQUE_VIOLATION);

    /** Sorts a failure in. */
    static Failures of(Throwable failure) {
        SQLException cause = sqlException(failure);
        if (cause == null) {
            return failure instanceof ConnectionException ? UNAVAILABLE : FOREIGN;
        }
        String state = cause.getSQLState();
        if (state == null) {
            return UNAVAILABLE;
        }
        if (COLLISIONS.contains(state)) {
            return COLLISION;
        }
        return state.startsWith("22") || state.startsWith("23") ? DATA_REFUSED : UNAVAILABLE;
    }

    /** What callers of a port see of it. */
    static RuntimeException translated(RuntimeException failure) {
        return switch (of(failure)) {
            case FOREIGN -> failure;
            case DATA_REFUSED -> new DataRefusedException(describe(failure), failure);
            case COLLISION, UNAVAILABLE -> new StoreUnavailableException(describe(failure), failure);
        };
    }

    private static String describe(Throwable failure) {
        SQLException cause = sqlException(failure);
        if (cause == null) {
            return "The database is not reachable";
        }
        String message = String.valueOf(cause.getMessage());
        String firstLine = message.lines().findFirst().orElse("");
        return cause.getSQLState() == null ? firstLine : firstLine + " (SQLSTATE " + cause.getSQLState() + ")";
    }

    private static @Nullable SQLException sqlException(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof SQLException sql) {
                return deepest(sql);
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** The pool wraps what kept it from connecting; that is the better reason. */
    private static SQLException deepest(SQLException failure) {
        SQLException found = failure;
        Throwable cause = failure.getCause();
        while (cause != null) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                found = sql;
            }
            cause = cause.getCause();
        }
        return found;
    }
}
