/**
 * REST and WebSocket on one port.
 *
 * <p>Threads: handlers run on their channel's event loop and never block it.
 *
 * <p>No SQL, no Kafka, no Redis may enter; the domain is reached through its inbound ports.
 */
@NullMarked
package dev.confab.netty;

import org.jspecify.annotations.NullMarked;
