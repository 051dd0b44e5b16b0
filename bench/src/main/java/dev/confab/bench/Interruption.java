package dev.confab.bench;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the measuring program is told to stop (Ctrl-C, SIGTERM): first a run may come to its end, then the
 * servers are killed that are still there. Safe on any thread.
 */
final class Interruption {

    private static final List<Process> SERVERS = new CopyOnWriteArrayList<>();
    private static volatile @Nullable IntSupplier run;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Interruption::stop, "bench-stop"));
    }

    private Interruption() {}

    /** A server that must not be left behind. */
    static void ends(Process server) {
        SERVERS.removeIf(each -> !each.isAlive());
        SERVERS.add(server);
    }

    /**
     * A run that comes to its end by itself when it is told to.
     *
     * @param stop stops it, waits for its end, and returns the exit code of the program; null when none runs any more
     */
    static void during(@Nullable IntSupplier stop) {
        run = stop;
    }

    private static void stop() {
        IntSupplier current = run;
        int code = -1;
        try {
            if (current != null) {
                code = current.getAsInt();
            }
        } finally {
            SERVERS.forEach(Process::destroyForcibly);
        }
        if (code >= 0) {
            // The signal's own exit code would say nothing of what the run came to.
            Runtime.getRuntime().halt(code);
        }
    }
}
