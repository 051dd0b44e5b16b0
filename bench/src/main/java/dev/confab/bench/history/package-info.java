/**
 * What clients did and saw in a run, as a file, and the checker that finds in it whether a guarantee was broken.
 *
 * <p>The format is told in {@code docs/histories.md}. Ids are plain texts here on purpose: a server that answers nonsense
 * must be written down, not make the writer fail.
 *
 * <p>Threads: {@link HistoryWriter} takes operations from any thread and has one of its own that writes; everything else is
 * used on one thread.
 *
 * <p>Must not enter: sockets, servers, Netty, and whatever makes the load. A checker that shares code with what it judges
 * shares its mistakes.
 */
@NullMarked
package dev.confab.bench.history;

import org.jspecify.annotations.NullMarked;
