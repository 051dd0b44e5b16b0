/**
 * The stores on PostgreSQL.
 *
 * <p>Threads: every method blocks on the database; callers bring a thread that may wait.
 *
 * <p>No HTTP, no Kafka, no Redis may enter.
 */
@NullMarked
package dev.confab.jdbi;

import org.jspecify.annotations.NullMarked;
