/**
 * The services that do what {@code port.in} promises with what {@code port.out} offers.
 *
 * <p>Threads: Stated by each port.
 *
 * <p>Must not enter: transports, technologies, wall clocks and threads of its own: executors and the clock are passed in.
 */
@NullMarked
package dev.confab.chat.usecase;

import org.jspecify.annotations.NullMarked;
