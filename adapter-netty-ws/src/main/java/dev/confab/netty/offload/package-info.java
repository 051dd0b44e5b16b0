/**
 * The one way off an event loop and back.
 *
 * <p>Threads: called on event loops; work runs on a bounded pool, what follows on the caller's lane again.
 *
 * <p>Must not enter: what the work is.
 */
@NullMarked
package dev.confab.netty.offload;

import org.jspecify.annotations.NullMarked;
