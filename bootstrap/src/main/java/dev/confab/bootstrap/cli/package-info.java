/**
 * The commands of the launcher: what they print, and what their exit codes say.
 *
 * <p>Threads: commands run on the main thread; a signal to stop arrives on another.
 *
 * <p>Must not enter: anything that an embedder could want.
 */
@NullMarked
package dev.confab.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
