/**
 * The stores against a real PostgreSQL.
 *
 * <p>Threads: one test at a time; tests of concurrency start threads of their own.
 *
 * <p>Must not enter: stand-ins for the database.
 */
@NullMarked
package dev.confab.jdbi;

import org.jspecify.annotations.NullMarked;
