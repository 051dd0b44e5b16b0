package dev.confab.localstack;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Signals that {@link ProcessHandle} has no method for. The shell's built-in {@code kill} is on every system. */
enum Signals {
    INT,
    STOP,
    CONT,
    TERM,
    KILL;

    /** Sends it to each, in this order; a process that is gone already is no error. */
    void send(List<Long> pids) {
        if (pids.isEmpty()) {
            return;
        }
        String each = pids.stream().map(pid -> "kill -" + name() + " " + pid).collect(Collectors.joining("; "));
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", each)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!shell.waitFor(5, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            throw new LocalStackException("cannot send " + name() + " to " + pids + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
