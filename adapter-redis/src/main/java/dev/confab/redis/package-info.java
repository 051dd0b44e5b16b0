/**
 * Presence, ephemeral signals and ended logins on one Redis, version 6.2 or later (no cluster). {@link
 * dev.confab.redis.RedisAdapters} is the door.
 *
 * <p>Threads: what asks Redis blocks for at most 2 s. Besides the callers' threads there are four daemon threads for each
 * {@code RedisAdapters}: one sends signals, one hears, one tells of ended logins, one looks after the rest.
 *
 * <p>Must not enter: HTTP, Kafka, SQL, use cases.
 */
@NullMarked
package dev.confab.redis;

import org.jspecify.annotations.NullMarked;
