/**
 * The native dialect: JSON events over WebSocket (RFC 6455). From the upgrade of a request on, a connection belongs to
 * this package: framing and closing, authentication, the events of one connection in order, and what is pushed to it.
 *
 * <p>Threads: all that belongs to a connection runs on its event loop and never blocks it; answers that arrive on other
 * threads are carried over by {@link dev.confab.netty.ws.Lane}.
 *
 * <p>Must not enter: REST, use cases, adapters, anything that blocks.
 */
@NullMarked
package dev.confab.netty.ws;

import org.jspecify.annotations.NullMarked;
