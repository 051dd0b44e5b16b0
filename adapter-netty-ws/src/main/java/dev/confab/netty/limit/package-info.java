/**
 * How much one user, address or account may ask for: token buckets, local to this server.
 *
 * <p>Threads: everything here is safe on any thread and does not block.
 *
 * <p>Must not enter: HTTP and WebSocket, what a refusal looks like.
 */
@NullMarked
package dev.confab.netty.limit;

import org.jspecify.annotations.NullMarked;
