/**
 * What every connection goes through before REST or WebSocket takes a request: one small handler for each concern.
 *
 * <p>Threads: handlers belong to one connection and run on its event loop, unless they say that they are shared.
 *
 * <p>Must not enter: routes, use cases, what a frame means.
 */
@NullMarked
package dev.confab.netty.http;

import org.jspecify.annotations.NullMarked;
