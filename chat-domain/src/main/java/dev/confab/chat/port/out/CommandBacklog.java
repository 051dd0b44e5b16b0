package dev.confab.chat.port.out;

import java.time.Duration;

/**
 * How far workers are behind what was accepted. What they do not reach before the log forgets it is lost, so somebody
 * should be told long before. Blocks; safe on any thread.
 */
public interface CommandBacklog {

    /**
     * Measures, over all workers together.
     *
     * @throws BusUnavailableException when the bus does not answer
     */
    Waiting measure();

    /**
     * What no worker has finished.
     *
     * @param commands how many; what is under way counts
     * @param oldest how long ago the first of them was accepted; zero when there is none
     */
    record Waiting(long commands, Duration oldest) {}
}
