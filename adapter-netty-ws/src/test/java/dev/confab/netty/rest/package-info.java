/**
 * REST from outside, over real sockets.
 *
 * <p>Threads: tests call from their own thread.
 *
 * <p>Must not enter: mocks.
 */
@NullMarked
package dev.confab.netty.rest;

import org.jspecify.annotations.NullMarked;
