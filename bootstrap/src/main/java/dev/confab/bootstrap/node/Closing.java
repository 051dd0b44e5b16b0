package dev.confab.bootstrap.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, to be closed in reverse. One that fails to close does not keep the others open. */
public final class Closing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Adds something that was just opened, and returns it. */
    public synchronized <T extends AutoCloseable> T add(T opened) {
        open.push(opened);
        return opened;
    }

    /** Closes everything, the last opened first. Idempotent. */
    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            AutoCloseable next = open.pop();
            try {
                next.close();
            } catch (Exception fault) {
                if (fault instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                LOG.warn("Could not close {}", next, fault);
            }
        }
    }
}
