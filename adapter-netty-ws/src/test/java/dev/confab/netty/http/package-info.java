/**
 * What happens to a connection before any route sees a request.
 *
 * <p>Threads: tests call from their own thread.
 *
 * <p>Must not enter: mocks.
 */
@NullMarked
package dev.confab.netty.http;

import org.jspecify.annotations.NullMarked;
