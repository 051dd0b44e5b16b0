/**
 * Files in which old parts of timelines are kept when they are deleted.
 *
 * <p>Threads: safe on any thread; calls block.
 *
 * <p>Must not enter: what is old, and when it goes.
 */
@NullMarked
package dev.confab.bootstrap.archive;

import org.jspecify.annotations.NullMarked;
