package dev.confab.bench;

import dev.confab.bench.fault.FaultyNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A gateway or a worker through all its lives. What it prints is appended to one file.
 *
 * <p>Used by one thread at a time.
 */
final class TorturedProcess implements AutoCloseable {

    /** G12: SIGTERM ends it within that time; a little more for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration BETWEEN_STARTS = Duration.ofMillis(500);
    private static final int STARTS = 60;

    private final String name;
    private final FaultyNetwork.@Nullable Link link;
    private final Path log;
    private final Launch launch;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable ServerProcess process;

    /** Starts a process and waits until it is ready. */
    interface Launch {
        ServerProcess start(Consumer<String> output) throws IOException;
    }

    TorturedProcess(String name, FaultyNetwork.@Nullable Link link, Path log, Launch launch) {
        this.name = name;
        this.link = link;
        this.log = log;
        this.launch = launch;
    }

    FaultyNetwork.Link link() {
        FaultyNetwork.Link own = link;
        if (own == null) {
            throw new IllegalStateException("nobody connects to " + name);
        }
        return own;
    }

    /**
     * Starts it, again and again as whoever watches over it would: a start ends where a server is away.
     *
     * @throws IllegalStateException when it does not start, however often it is tried
     */
    void start() throws IOException {
        for (int i = 1; process == null; i++) {
            say("start " + i);
            try {
                ServerProcess started = launch.start(this::say);
                process = started;
                if (link != null) {
                    link.leadTo(started.webSocket().getPort());
                }
            } catch (CompletionException | IllegalStateException notReady) {
                if (i == STARTS || pause()) {
                    throw new IllegalStateException(name + " does not start; see " + log, notReady);
                }
            }
        }
    }

    /** Whether it was closed meanwhile. */
    private boolean pause() {
        try {
            return closed.await(BETWEEN_STARTS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private ServerProcess running() {
        ServerProcess current = process;
        if (current == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return current;
    }

    void kill() throws InterruptedException {
        say("kill -9");
        running().kill();
        process = null;
    }

    /** Ends it by SIGTERM; returns the exit code, -1 where it did not end in time. */
    int terminate() throws InterruptedException {
        say("kill -TERM");
        int code = running().terminate(PATIENCE);
        process = null;
        say("exit code " + code);
        return code;
    }

    void pauseProcess() throws IOException, InterruptedException {
        say("kill -STOP");
        running().signal("STOP");
    }

    void resumeProcess() throws IOException, InterruptedException {
        say("kill -CONT");
        running().signal("CONT");
    }

    /** Whether it ended although nobody ended it. */
    boolean isGone() {
        ServerProcess current = process;
        return current != null && !current.isAlive();
    }

    String name() {
        return name;
    }

    private synchronized void say(String line) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Path unused = Files.writeString(
                    log, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            System.err.println(name + ": " + line);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        ServerProcess current = process;
        if (current != null) {
            try {
                current.signal("CONT");
                int unused = current.terminate(PATIENCE);
            } catch (IOException gone) {
                current.close();
            } catch (InterruptedException interrupted) {
                current.close();
                Thread.currentThread().interrupt();
            }
            process = null;
        }
    }
}
