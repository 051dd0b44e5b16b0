package dev.confab.bootstrap.node;

import java.time.Duration;

/** What a process listens with. */
interface Endpoints extends AutoCloseable {

    /** The public port; 0 when there is none. */
    int httpPort();

    int managementPort();

    /** Takes no new work and finishes what was begun, at most for so long. */
    void drain(Duration patience);

    @Override
    void close();
}
