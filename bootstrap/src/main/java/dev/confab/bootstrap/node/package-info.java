/**
 * The object graph: which adapters there are, and what is started in which order. Everything is made with plain {@code
 * new}; the only choices are the role and the back end.
 *
 * <p>Threads: starting and closing happen on one thread at a time.
 *
 * <p>Must not enter: behaviour, configuration that is not in {@code ConfabConfig}, command lines.
 */
@NullMarked
package dev.confab.bootstrap.node;

import org.jspecify.annotations.NullMarked;
