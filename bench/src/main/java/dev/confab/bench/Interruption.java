package dev.confab.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the measuring program is told to stop (Ctrl-C, SIGTERM): first a run may come to its end, then the
 * servers are killed that are still there, and what they ran on is closed. Safe on any thread.
 */
final class Interruption {

    private static final List<Process> SERVERS = new CopyOnWriteArrayList<>();
    private static volatile @Nullable IntSupplier run;
    private static volatile @Nullable Installation installation;

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

    /** What the servers run on, with its folder. */
    static void closes(Installation last) {
        installation = last;
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
            closeInstallation();
        }
        if (code >= 0) {
            // The signal's own exit code would say nothing of what the run came to.
            Runtime.getRuntime().halt(code);
        }
    }

    private static void closeInstallation() {
        Installation last = installation;
        if (last == null) {
            return;
        }
        try {
            last.close();
        } catch (IOException e) {
            System.err.println(last.folder() + " was not deleted: " + e);
        }
    }
}
