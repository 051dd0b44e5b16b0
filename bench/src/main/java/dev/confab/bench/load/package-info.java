/**
 * Clients that make load: many WebSocket connections that join, send, come back when they were cut off, resume and send
 * again, and write down what they do and see as a history.
 *
 * <p>Threads: a client belongs to one event loop for its whole life, over all its connections; {@link Fleet} and
 * {@link Meter} are safe on any thread.
 *
 * <p>Must not enter: how servers are started, and judgement of what was seen, which is the history checker's.
 */
@NullMarked
package dev.confab.bench.load;

import org.jspecify.annotations.NullMarked;
