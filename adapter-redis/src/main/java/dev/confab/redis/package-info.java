/**
 * Presence and ephemeral signals on Redis.
 *
 * <p>Threads: every method that asks Redis blocks; subscriptions run on a thread of their own.
 *
 * <p>No HTTP, no Kafka, no SQL may enter.
 */
@NullMarked
package dev.confab.redis;

import org.jspecify.annotations.NullMarked;
