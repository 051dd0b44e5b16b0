package dev.confab.jdbi;

import java.util.Objects;

/**
 * Where the database is and how many connections to hold. Immutable; safe on any thread.
 *
 * @param url a JDBC URL of PostgreSQL, {@code jdbc:postgresql://host:port/database}; parameters in it win over the
 *     adapter's own, e.g. {@code ?socketTimeout=30}
 * @param poolSize the most connections held at a time, 1 or more; each worker partition and each blocking call uses one
 *     while it runs
 */
public record JdbiSettings(String url, String user, String password, int poolSize) {

    /** Enough for a gateway and a worker in one process. */
    public static final int DEFAULT_POOL_SIZE = 16;

    /** Checks that everything is there. */
    public JdbiSettings {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        if (poolSize < 1) {
            throw new IllegalArgumentException("A pool has 1 connection or more, not " + poolSize);
        }
    }

    /** With a pool of {@link #DEFAULT_POOL_SIZE}. */
    public JdbiSettings(String url, String user, String password) {
        this(url, user, password, DEFAULT_POOL_SIZE);
    }

    /** Hides the password from logs. */
    @Override
    public String toString() {
        return "JdbiSettings[url=" + url + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
}
