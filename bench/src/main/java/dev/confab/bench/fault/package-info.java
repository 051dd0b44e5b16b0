/**
 * Faults: which ones happen when, decided by a seed, and a network that can be cut.
 *
 * <p>Threads: {@link dev.confab.bench.fault.FaultyNetwork} is safe on any thread, everything else is immutable.
 *
 * <p>Must not enter: what processes there are and how they are started, clients, and judgement of what came of it.
 */
@NullMarked
package dev.confab.bench.fault;

import org.jspecify.annotations.NullMarked;
