/**
 * A server on free ports and a client for it.
 *
 * <p>Threads: tests call from their own thread.
 *
 * <p>Must not enter: mocks.
 */
@NullMarked
package dev.confab.netty;

import org.jspecify.annotations.NullMarked;
