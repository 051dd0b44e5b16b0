/**
 * The program: reads the configuration, wires the domain to its adapters, starts and stops them.
 *
 * <p>Threads: wiring happens on the main thread; a shutdown hook stops what was started, in reverse order.
 *
 * <p>The one place for the environment, the system clock and the exit code. No chat rule may enter.
 */
@NullMarked
package dev.confab.bootstrap;

import org.jspecify.annotations.NullMarked;
