/**
 * A stranger's client that tries a running Confab out, over REST and WebSocket and nothing else.
 *
 * <p>Threads: each run uses one thread, its sockets call back on those of the JDK's client.
 *
 * <p>Must not enter: the server's own classes: what a stranger cannot use, the demo does not.
 */
@NullMarked
package dev.confab.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
