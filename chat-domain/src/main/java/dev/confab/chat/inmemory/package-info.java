/**
 * Adapters of every outbound port without any I/O: for tests, demos and embedding. A supported product that passes the same contracts as the real adapters.
 *
 * <p>Threads: Safe on any thread.
 *
 * <p>Must not enter: use cases, files, sockets.
 */
@NullMarked
package dev.confab.chat.inmemory;

import org.jspecify.annotations.NullMarked;
