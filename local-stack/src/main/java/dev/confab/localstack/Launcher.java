package dev.confab.localstack;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts processes that outlive neither our knowledge of them nor a Ctrl-C that is meant for us. */
final class Launcher {

    /**
     * Waits for a word on its input before it becomes the program, keeping its pid. Until then the parent writes the pid
     * file; if the parent dies first, the input ends and nothing is started. So there is no moment in which a server runs
     * that no pid file knows.
     *
     * <p>The program gets a session of its own: Ctrl-C in a terminal goes to the whole foreground process group, and the
     * servers have to outlive the program that drains into them. Linux has setsid(1), macOS has Perl. Without both the
     * servers get the Ctrl-C too and stop at the same time as the program does; data that was acknowledged is not lost by
     * that, but requests in flight fail.
     */
    private static final String GATE = """
            read -r go || exit 125
            exec </dev/null
            if command -v setsid >/dev/null 2>&1; then exec setsid "$@"
            elif command -v perl >/dev/null 2>&1; then exec perl -MPOSIX=setsid -e 'setsid(); exec { $ARGV[0] } @ARGV' "$@"
            else exec "$@"
            fi
            """;

    private Launcher() {}

    /** A process that was just started, and how to wait for it. */
    record Launched(ServerProcess server, Process child) {}

    /**
     * Starts the command in the directory, with its output appended to the log.
     *
     * @param known is told of the process before the command runs in it
     * @throws IOException if no process could be made
     */
    static Launched launch(List<String> command, Path directory, Path log, Consumer<ServerProcess> known)
            throws IOException {
        List<String> gated = new ArrayList<>(List.of("/bin/sh", "-c", GATE, "sh"));
        gated.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(gated)
                .directory(directory.toFile()) // ours may go away while the server runs
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        forgetForeignSettings(builder.environment());
        Process process = builder.start();
        try (OutputStream gate = process.getOutputStream()) {
            ProcessIdentity identity = ProcessIdentity.of(process.pid())
                    .orElseThrow(() -> new IOException("the new process " + process.pid() + " ended at once"));
            ServerProcess server = new ServerProcess(identity);
            known.accept(server);
            gate.write("go\n".getBytes(StandardCharsets.US_ASCII));
            gate.flush();
            return new Launched(server, process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** What somebody set for servers or Java programs of their own is not meant for ours. */
    static void forgetForeignSettings(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("KAFKA_"));
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.remove("JDK_JAVA_OPTIONS");
        environment.put("LC_ALL", "C.UTF-8"); // a JVM in plain C cannot open a file with a name beyond ASCII
        environment.put("TZ", "UTC");
    }
}
