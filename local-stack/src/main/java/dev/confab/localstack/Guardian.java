package dev.confab.localstack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A small shell that kills the servers when this process ends without having stopped them, kill -9 included.
 *
 * <p>It reads which servers there are from a pipe. The operating system closes the pipe with this process, and nobody else
 * has its other end.
 */
final class Guardian implements AutoCloseable {

    private static final String SCRIPT = """
            trap '' INT HUP TERM
            pids=
            while read -r op pid; do
              rest=
              for p in $pids; do [ "$p" = "$pid" ] || rest="$rest $p"; done
              pids=$rest
              [ "$op" = + ] && pids="$pids $pid"
            done
            for p in $pids; do kill -KILL "$p" 2>/dev/null; done
            """;

    private final Process shell;
    private final OutputStream pipe;

    private Guardian(Process shell) {
        this.shell = shell;
        this.pipe = shell.getOutputStream();
    }

    static Guardian start() {
        try {
            return new Guardian(new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void watch(ServerProcess server) {
        if (!tell("+ " + server.identity().pid())) {
            throw new LocalStackException("the guardian of the servers is gone");
        }
    }

    /** A guardian that is gone has forgotten everything. */
    void forget(ServerProcess server) {
        boolean unused = tell("- " + server.identity().pid());
    }

    private synchronized boolean tell(String line) {
        try {
            pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it; what it still watches is killed. */
    @Override
    public void close() {
        try {
            pipe.close();
            shell.waitFor();
        } catch (IOException e) {
            shell.destroyForcibly();
        } catch (InterruptedException e) {
            shell.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
