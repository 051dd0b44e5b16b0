/**
 * The pure heart of rooms: who may do what, and what comes of it. All use cases and both stores use it, so they cannot
 * disagree.
 *
 * <p>Threads: Stateless; safe on any thread.
 *
 * <p>Must not enter: I/O, clocks that are not passed in, ports.
 */
@NullMarked
package dev.confab.chat.permission;

import org.jspecify.annotations.NullMarked;
