/**
 * How much one user, address or account may ask for: token buckets, kept in step with those of other
 * servers.
 *
 * <p>Threads: everything here is safe on any thread; what blocks says so.
 *
 * <p>Must not enter: HTTP and WebSocket, what a refusal looks like.
 */
@NullMarked
package dev.confab.netty.limit;

import org.jspecify.annotations.NullMarked;
