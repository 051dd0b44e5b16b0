/**
 * The JSON of the wire: what the domain's values look like to clients, and how what clients wrote is read.
 *
 * <p>Threads: everything here is stateless or confined to one call, and safe on an event loop: nothing blocks.
 *
 * <p>Must not enter: HTTP and WebSocket framing, use cases, adapters.
 */
@NullMarked
package dev.confab.netty.wire;

import org.jspecify.annotations.NullMarked;
