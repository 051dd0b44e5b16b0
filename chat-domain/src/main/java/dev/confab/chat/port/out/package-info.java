/**
 * What chat needs from the outside. Each port has one contract in {@code chat-testkit} that every adapter passes.
 *
 * <p>Threads: Each interface states whether its calls block and on which thread it calls back.
 *
 * <p>Must not enter: words of a technology: SQL, Kafka, Redis, JSON, byte buffers.
 */
@NullMarked
package dev.confab.chat.port.out;

import org.jspecify.annotations.NullMarked;
