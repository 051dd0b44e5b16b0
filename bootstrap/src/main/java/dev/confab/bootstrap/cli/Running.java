package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.node.ChatNode;
import dev.confab.bootstrap.node.Closing;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process that serves until it is told to stop (SIGTERM, SIGINT), and then ends cleanly within 10 s with exit code 0
 * (G12). What is opened while it starts is closed in reverse, also when the signal comes in the middle of the start.
 */
final class Running {

    /** For clients to go elsewhere; the rest of the 10 s is for the worker and the servers. */
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private final Closing closing = new Closing();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch end = new CountDownLatch(1);
    private final PrintWriter out;

    Running(PrintWriter out) {
        this.out = out;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopBySignal, "confab-stop"));
    }

    /** Adds something that was just opened, and returns it. */
    <T extends AutoCloseable> T add(T opened) {
        return closing.add(opened);
    }

    /** Adds the node, which is drained before it is closed. */
    ChatNode serve(ChatNode node) {
        closing.add(node);
        closing.add((AutoCloseable) () -> node.drain(DRAIN));
        begun();
        return node;
    }

    /** What is to run runs; from now on its stop is told of. */
    void begun() {
        started.set(true);
    }

    /** Waits for the signal; it never returns, since the process ends at the end of the stop. */
    void awaitStop() throws InterruptedException {
        end.await();
    }

    /** Closes what was opened by a start that failed. */
    void abandon() {
        stopping.set(true);
        closing.close();
    }

    private void stopBySignal() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        if (started.get()) {
            out.println("Stopping …");
            out.flush();
        }
        closing.close();
        if (started.get()) {
            out.println("Stopped.");
        }
        out.flush();
        // A process that was asked to stop and did is not a failed one, as the signal's own exit code would say.
        Runtime.getRuntime().halt(0);
    }
}
