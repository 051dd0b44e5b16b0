package dev.confab.localstack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server's process and the processes it made, started by this program or left by an earlier one.
 *
 * <p>Every signal goes to an identity that was checked just before, so that a pid which by now belongs to somebody else is
 * left alone.
 */
record ServerProcess(ProcessIdentity identity) {

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    boolean isAlive() {
        return identity.isAlive();
    }

    /** Asks it to end with the signal, waits, and kills it if it did not. Whether it ended by itself. */
    boolean stop(Signals politely, Duration patience) {
        List<ProcessIdentity> family = family();
        signal(List.of(identity), politely);
        boolean ended = Await.until(patience, () -> family.stream().noneMatch(ProcessIdentity::isAlive));
        if (!ended) {
            kill();
        }
        return ended;
    }

    /** SIGKILL for it and all it made, and waits until they are gone. */
    void kill() {
        List<ProcessIdentity> family = family();
        signal(family, Signals.KILL);
        // An interrupted caller still has to leave nothing behind.
        boolean interrupted = Thread.interrupted();
        try {
            if (!Await.until(AFTER_KILL, () -> family.stream().noneMatch(ProcessIdentity::isAlive))) {
                throw new LocalStackException("process " + identity.pid() + " does not end, not even by kill -9");
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** SIGSTOP: it keeps its port and its connections, and does nothing. */
    void pause() {
        // First the one that makes the others, so that none is made after we looked.
        signal(List.of(identity), Signals.STOP);
        signal(family(), Signals.STOP);
    }

    /** SIGCONT. */
    void resume() {
        signal(family().reversed(), Signals.CONT);
    }

    private List<ProcessIdentity> family() {
        List<ProcessIdentity> family = new ArrayList<>();
        family.add(identity);
        if (identity.isAlive()) {
            ProcessHandle.of(identity.pid()).stream()
                    .flatMap(ProcessHandle::descendants)
                    .map(ProcessHandle::pid)
                    .map(ProcessIdentity::of)
                    .flatMap(Optional::stream)
                    .forEach(family::add);
        }
        return family;
    }

    private static void signal(List<ProcessIdentity> processes, Signals signal) {
        signal.send(processes.stream()
                .filter(ProcessIdentity::isAlive)
                .map(ProcessIdentity::pid)
                .toList());
    }
}
