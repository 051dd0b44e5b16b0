/**
 * The event bus on Kafka: commands in, persisted events out. Begin with {@link dev.confab.kafka.KafkaEventBus}.
 *
 * <p>Threads: a consumer belongs to the one thread that polls it, the producer of commands to the one thread that feeds
 * it; both are hidden here. Only {@link dev.confab.kafka.KafkaEventBus#submit} may be called on an event loop.
 *
 * <p>No HTTP, no SQL, no Redis may enter.
 */
@NullMarked
package dev.confab.kafka;

import org.jspecify.annotations.NullMarked;
