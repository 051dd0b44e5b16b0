package dev.confab.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process and no other: its pid, and when it started, since pids are used again.
 *
 * <p>On Linux the start is the kernel's own figure (ticks since the boot of this boot id), which no change of the clock
 * touches; elsewhere it is a time, compared with a tolerance.
 */
record ProcessIdentity(long pid, String started) {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final long TOLERANCE_MILLIS = 2_000;

    /** The process with this pid, if there is one that has not ended. */
    static Optional<ProcessIdentity> of(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (Files.isReadable(BOOT_ID) && Files.exists(Path.of("/proc/self/stat"))) {
            return fromProc(pid, stat);
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().startInstant())
                .map(start -> new ProcessIdentity(pid, "at:" + start.toEpochMilli()));
    }

    /** This process. */
    static ProcessIdentity current() {
        long pid = ProcessHandle.current().pid();
        return of(pid).orElseThrow(() -> new IllegalStateException("cannot read the start time of process " + pid));
    }

    private static Optional<ProcessIdentity> fromProc(long pid, Path stat) {
        try {
            String line = Files.readString(stat);
            // The command, in parentheses, may hold spaces and parentheses; the state (field 3) follows the last one.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            // A zombie has ended; in a container nobody may ever collect it.
            if (fields[0].equals("Z") || fields[0].equals("X")) {
                return Optional.empty();
            }
            String boot = Files.readString(BOOT_ID).strip();
            return Optional.of(new ProcessIdentity(pid, boot + ":" + fields[19]));
        } catch (IOException | IndexOutOfBoundsException e) {
            return Optional.empty(); // it went while we looked
        }
    }

    /** Whether this very process has not ended. */
    boolean isAlive() {
        return of(pid).filter(this::isSameAs).isPresent();
    }

    private boolean isSameAs(ProcessIdentity other) {
        if (started.startsWith("at:") && other.started.startsWith("at:")) {
            return Math.abs(millis(started) - millis(other.started)) <= TOLERANCE_MILLIS;
        }
        return started.equals(other.started);
    }

    private static long millis(String started) {
        return Long.parseLong(started.substring("at:".length()));
    }

    /** One line for a file. */
    String encoded() {
        return pid + " " + started;
    }

    /** Reads {@link #encoded()}; empty for anything else. */
    static Optional<ProcessIdentity> decode(String line) {
        String text = line.strip();
        int space = text.indexOf(' ');
        if (space <= 0) {
            return Optional.empty();
        }
        try {
            ProcessIdentity identity =
                    new ProcessIdentity(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
            if (identity.started.startsWith("at:")) {
                millis(identity.started);
            }
            return Optional.of(identity);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
