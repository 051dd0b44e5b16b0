/**
 * The pure heart: what becomes of commands in a locked room. Both stores use it, so they cannot disagree.
 *
 * <p>Threads: Stateless; safe on any thread.
 *
 * <p>Must not enter: I/O, clocks that are not passed in, ports.
 */
@NullMarked
package dev.confab.chat.timeline;

import org.jspecify.annotations.NullMarked;
