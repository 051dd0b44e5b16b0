/**
 * The event bus on Kafka: commands in, persisted events out.
 *
 * <p>Threads: a consumer belongs to the one thread that polls it; no method is called on an event loop unless it says so.
 *
 * <p>No HTTP, no SQL, no Redis may enter.
 */
@NullMarked
package dev.confab.kafka;

import org.jspecify.annotations.NullMarked;
