package dev.confab.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One server of the stack.
 *
 * <p>It can be stopped, killed, frozen and started again while the others run, with the same data and on the same port.
 * All methods may be called from any thread and block until done; one at a time does its work.
 */
public abstract sealed class StackServer permits PostgresServer, RedisServer, KafkaServer {

    private static final Duration START_TIME = Duration.ofMinutes(2);
    private static final int START_ATTEMPTS = 3;
    private static final long BETWEEN_PROBES_MILLIS = 30;

    private final ServerName name;
    private final StackContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable ServerProcess process;
    private volatile int port;

    StackServer(ServerName name, StackContext context) {
        this.name = name;
        this.context = context;
    }

    /** Which server this is. */
    public final ServerName name() {
        return name;
    }

    /** The TCP port on 127.0.0.1; 0 before the first start. */
    public final int port() {
        return port;
    }

    /** Where its output goes. */
    public final Path log() {
        return context.folder().log(name);
    }

    /** Its process while it runs (frozen or not). */
    public final OptionalLong pid() {
        ServerProcess current = process;
        return current != null && current.isAlive()
                ? OptionalLong.of(current.identity().pid())
                : OptionalLong.empty();
    }

    /** Whether its process has not ended. */
    public final boolean isRunning() {
        return pid().isPresent();
    }

    /**
     * Starts it, unless it runs, and waits until it answers.
     *
     * @throws ServerFailedException if it ended, or did not answer within 2 min; it does not run then
     */
    public final void start() {
        lock.lock();
        try {
            if (!isRunning()) {
                startAnew();
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ServerFailedException(name, "did not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailedException(name, "was stopped while it started", e);
        } finally {
            lock.unlock();
        }
    }

    /** Stops it as its makers mean it to be stopped; kills it if that takes more than a few seconds. */
    public final void stop() {
        lock.lock();
        try {
            ServerProcess current = process;
            if (current != null) {
                context.progress().onStep(name, "stopping");
                boolean polite =
                        context.durability() != Durability.DISPOSABLE && current.stop(stopSignal(), patience());
                if (!polite) {
                    current.kill();
                }
                ended(current);
                context.progress().onStep(name, "stopped");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends it and all its processes by SIGKILL, and waits until they are gone. */
    public final void kill() {
        lock.lock();
        try {
            ServerProcess current = process;
            if (current != null) {
                current.kill();
                ended(current);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@link #stop()} and {@link #start()}. */
    public final void restart() {
        stop();
        start();
    }

    /** Freezes it by SIGSTOP: its port stays open and its connections stay up, but nobody answers. */
    public final void pause() {
        lock.lock();
        try {
            ServerProcess current = process;
            if (current != null) {
                current.pause();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends {@link #pause()}. */
    public final void resume() {
        lock.lock();
        try {
            ServerProcess current = process;
            if (current != null) {
                current.resume();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes ready what it needs: binaries, data, configuration files. Runs before each start. */
    abstract void prepare() throws IOException, InterruptedException;

    /** The command that runs it in the foreground, on {@link #port()}, with the data folder as its directory. */
    abstract List<String> command() throws IOException;

    /** The names of its ports in the book of ports. */
    List<String> portNames() {
        return List.of(name.fileName());
    }

    /** Asks it something; whether it answered. */
    abstract boolean answers();

    /** What is left to do once it answers. */
    void afterStart() {}

    /** The signal for an orderly end. */
    Signals stopSignal() {
        return Signals.TERM;
    }

    /** How long an orderly end may take. */
    abstract Duration patience();

    final StackContext context() {
        return context;
    }

    /**
     * Runs a command of its preparation to the end, with its output in the log. As long as it runs it counts as the
     * server's process, so that whoever has to end the server ends it.
     *
     * @param purpose what has failed if it does, as in "could not [purpose]"
     */
    final void runToEnd(String purpose, List<String> command, Duration atMost)
            throws IOException, InterruptedException {
        long logBefore = logSize();
        Launcher.Launched launched = launch(command);
        try {
            if (!launched.child().waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ServerFailedException(
                        name, "could not " + purpose + " within " + atMost.toSeconds() + " s (log: " + log() + ")");
            }
        } finally {
            launched.server().kill();
            ended(launched.server());
        }
        if (launched.child().exitValue() != 0) {
            throw new ServerFailedException(
                    name, "could not " + purpose + ": " + complaint(logBefore) + " (log: " + log() + ")");
        }
    }

    private Launcher.Launched launch(List<String> command) throws IOException {
        return Launcher.launch(command, context.folder().root(), log(), this::began);
    }

    private long logSize() throws IOException {
        return Files.exists(log()) ? Files.size(log()) : 0;
    }

    private void startAnew() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            choosePort();
            context.folder().rollLog(name);
            prepare();
            context.progress().onStep(name, "starting on port " + port);
            long logBefore = logSize();
            ServerProcess starting = launch(command()).server();
            boolean ready = false;
            try {
                if (awaitAnswer(starting)) {
                    afterStart();
                    ready = true;
                    break;
                }
            } finally {
                if (!ready) {
                    starting.kill();
                    ended(starting);
                }
            }
            // Between the choice of a port and its use somebody else may have taken it.
            if (attempt == START_ATTEMPTS || portNames().stream().noneMatch(context.ports()::isTaken)) {
                throw new ServerFailedException(
                        name, "did not start: " + complaint(logBefore) + " (log: " + log() + ")");
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        context.progress().onStep(name, "ready on port %d after %.1f s".formatted(port, seconds));
    }

    private void choosePort() {
        // Started again, it has to be where its clients look for it.
        if (port == 0 || !context.isStarted()) {
            port = context.ports().portFor(name.fileName());
        }
    }

    private boolean awaitAnswer(ServerProcess starting) throws InterruptedException {
        long deadline = System.nanoTime() + START_TIME.toNanos();
        while (starting.isAlive() && System.nanoTime() - deadline < 0) {
            if (answers()) {
                return starting.isAlive();
            }
            Thread.sleep(BETWEEN_PROBES_MILLIS);
        }
        return false;
    }

    private void began(ServerProcess starting) {
        context.folder().pidFile(name).write(starting.identity());
        context.watch(starting);
        process = starting;
    }

    private void ended(ServerProcess gone) {
        process = null;
        context.forget(gone);
        context.folder().pidFile(name).delete();
    }

    /** The line of the log that says best why it ended. */
    private String complaint(long from) throws IOException {
        byte[] log = Files.exists(log()) ? Files.readAllBytes(log()) : new byte[0];
        int start = (int) Math.min(from, log.length);
        List<String> lines = new String(log, start, log.length - start, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("at "))
                .toList();
        return lines.stream()
                .filter(line -> line.contains("FATAL")
                        || line.toUpperCase(Locale.ROOT).contains("ERROR")
                        || line.contains("Exception"))
                .reduce((first, second) -> second)
                .orElse(lines.isEmpty() ? "it does not answer" : lines.getLast());
    }
}
