package dev.confab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, so that its processor time can be told from the clients'. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("is ready(?: at|, management at) http://localhost:(\\d+)");
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final int START_SECONDS = 120;

    /** Ctrl-C in a terminal goes to the whole process group; servers have to live on until a run came to its end. */
    private static final String OWN_SESSION = """
            if command -v setsid >/dev/null 2>&1; then exec setsid "$@"
            else exec "$@"
            fi
            """;

    private final Process process;
    private final Consumer<String> output;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private ServerProcess(Process process, Consumer<String> output) {
        this.process = process;
        this.output = output;
        Thread.ofPlatform().daemon().name("output-of-" + process.pid()).start(this::read);
    }

    /** Starts a main class of this program's class path and waits until it says that it is ready. */
    static ServerProcess start(Map<String, String> environment, String mainClass, String... arguments)
            throws IOException {
        return start(System.getProperty("java.class.path"), environment, mainClass, arguments);
    }

    /** Starts a main class of another class path. */
    static ServerProcess start(String classPath, Map<String, String> environment, String mainClass, String... arguments)
            throws IOException {
        return start(
                classPath,
                environment,
                List.of("-Xmx1g"),
                line -> System.err.println("  server: " + line),
                mainClass,
                arguments);
    }

    /**
     * The same with options of one's own.
     *
     * @param options for the JVM
     * @param output hears each line that it prints but that it is ready; on a thread of its own
     */
    static ServerProcess start(
            String classPath,
            Map<String, String> environment,
            List<String> options,
            Consumer<String> output,
            String mainClass,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", OWN_SESSION, "sh"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseG1GC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dconfab.log.level=WARN"));
        command.addAll(options);
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.startsWith("CONFAB_"));
        builder.environment().putAll(environment);
        ServerProcess started = new ServerProcess(builder.start(), output);
        Interruption.ends(started.process);
        try {
            int unused = started.port.orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
        } catch (RuntimeException notReady) {
            started.close();
            throw notReady;
        }
        return started;
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    port.complete(Integer.parseInt(matcher.group(1)));
                } else {
                    output.accept(line);
                }
            }
        } catch (IOException ended) {
            port.completeExceptionally(ended);
        }
        port.completeExceptionally(new IllegalStateException("the server ended before it was ready"));
    }

    URI webSocket() {
        return URI.create("ws://127.0.0.1:" + port.join() + "/ws");
    }

    /** Processor time used so far, all threads together. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** SIGKILL; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " does not die");
        }
    }

    /** Sends it a signal that it may survive, such as STOP or CONT; one that is gone is no error. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.isAlive() && kill.waitFor() != 0 && process.isAlive()) {
            throw new IOException("cannot send " + name + " to " + process.pid());
        }
    }

    /**
     * SIGTERM, and SIGKILL where that is not enough.
     *
     * @return the exit code; -1 where it had to be killed
     */
    int terminate(Duration patience) throws InterruptedException {
        process.destroy();
        if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return process.exitValue();
        }
        kill();
        return -1;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Bytes of the objects that are reachable, after a full collection. */
    long liveHeap() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int unused = jcmd.waitFor();
        Matcher total = HISTOGRAM_TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException(
                    "no histogram: " + histogram.lines().findFirst().orElse(""));
        }
        return Long.parseLong(total.group(1));
    }

    /** Bytes of memory that the process occupies. */
    long residentMemory() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IllegalStateException("the system does not say how much memory a process occupies");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
