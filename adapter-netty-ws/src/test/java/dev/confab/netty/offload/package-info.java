/**
 * Tests of the package of the same name.
 *
 * <p>Threads: tests call from their own thread.
 *
 * <p>Must not enter: mocks.
 */
@NullMarked
package dev.confab.netty.offload;

import org.jspecify.annotations.NullMarked;
