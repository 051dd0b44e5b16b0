package dev.confab.localstack;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals that {@link ProcessHandle} has no method for. The shell's built-in {@code kill} is on every system. */
enum Signals {
    INT,
    STOP,
    CONT,
    TERM,
    KILL;

    /** Sends it; a process that is gone already is no error. */
    void send(long pid) {
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", "kill -" + name() + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!shell.waitFor(5, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            throw new LocalStackException("cannot send " + name() + " to process " + pid + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
