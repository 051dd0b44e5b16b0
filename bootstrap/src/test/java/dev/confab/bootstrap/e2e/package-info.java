/**
 * End-to-end tests: whole installations on real servers, talked to over the wire alone.
 *
 * <p>Threads: tests wait for conditions with a bound, and never sleep.
 *
 * <p>Must not enter: in-memory adapters, the server's own JSON code.
 */
@NullMarked
package dev.confab.bootstrap.e2e;

import org.jspecify.annotations.NullMarked;
