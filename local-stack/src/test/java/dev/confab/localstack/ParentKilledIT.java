package dev.confab.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that holds a stack is killed with -9. */
class ParentKilledIT {

    @TempDir
    private Path folder = Path.of("");

    private Optional<Process> program = Optional.empty();

    /** These servers outlive their program on purpose, but not this test. */
    private final Guardian guardian = Guardian.start();

    @AfterEach
    void endAll() {
        program.ifPresent(Process::destroyForcibly);
        guardian.close();
    }

    @Test
    void theNextStartReplacesWhatWasLeftAndFindsItsData() throws Exception {
        List<ProcessIdentity> left = startProgram("on its own");
        assertThatExceptionOfType(DataFolderInUseException.class)
                .isThrownBy(() -> LocalStack.builder(folder).start())
                .satisfies(refused -> assertThat(refused.holder())
                        .hasValue(program.orElseThrow().pid()));
        killProgram();
        assertThat(left).hasSize(3).allMatch(ProcessIdentity::isAlive);
        assertOwnSessions(left);

        try (LocalStack stack = LocalStack.builder(folder).endWithThisProcess().start()) {
            assertThat(left).noneMatch(ProcessIdentity::isAlive);
            left.forEach(server -> guardian.forget(new ServerProcess(server)));
            assertThat(new StackProbe(stack).words()).isEqualTo("stored");
            assertThat(new StackProbe(stack).topics()).contains(StackProbe.TOPIC);
        }
        assertThat(LocalStackIT.processesOn(folder)).isEmpty();
    }

    @Test
    void serversThatWereToEndWithTheProgramDo() throws Exception {
        List<ProcessIdentity> left = startProgram("guarded");
        killProgram();
        assertThat(Await.until(Duration.ofSeconds(30), () -> left.stream().noneMatch(ProcessIdentity::isAlive)))
                .isTrue();
        assertThat(Await.until(Duration.ofSeconds(30), () -> noProcesses())).isTrue();
    }

    private boolean noProcesses() {
        try {
            return LocalStackIT.processesOn(folder).isEmpty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Ctrl-C in a terminal must reach the program alone, so its servers are in sessions of their own. */
    private static void assertOwnSessions(List<ProcessIdentity> servers) throws IOException {
        for (ProcessIdentity server : servers) {
            Path stat = Path.of("/proc/" + server.pid() + "/stat");
            if (Files.exists(stat)) {
                String line = Files.readString(stat);
                String session = line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[3];
                assertThat(session).isEqualTo(Long.toString(server.pid()));
            }
        }
    }

    private List<ProcessIdentity> startProgram(String mode) throws IOException {
        Path arguments = folder.resolve("program.args");
        Process process = new ProcessBuilder(
                        JavaClassPath.java(),
                        JavaClassPath.argument(arguments, JavaClassPath.entries()),
                        Program.class.getName(),
                        folder.toString(),
                        mode)
                .redirectError(folder.resolve("program.log").toFile())
                .start();
        program = Optional.of(process);
        List<ProcessIdentity> servers = new ArrayList<>();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null && !line.equals("ready"); line = out.readLine()) {
            ProcessIdentity server = ProcessIdentity.of(Long.parseLong(line)).orElseThrow();
            guardian.watch(new ServerProcess(server));
            servers.add(server);
        }
        assertThat(servers).as(() -> log()).hasSize(3);
        return servers;
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("program.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void killProgram() throws InterruptedException {
        Process process = program.orElseThrow();
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Starts a stack, stores something, prints the pids of its servers, and waits to be killed. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) throws Exception {
            LocalStack.Builder builder = LocalStack.builder(Path.of(args[0]));
            if (args[1].equals("guarded")) {
                builder.endWithThisProcess();
            }
            try (LocalStack stack = builder.start()) {
                StackProbe probe = new StackProbe(stack);
                probe.makeTable();
                probe.insert("stored");
                probe.makeTopic();
                for (StackServer server : List.of(stack.postgres(), stack.redis(), stack.kafka())) {
                    System.out.println(server.pid().orElseThrow());
                }
                System.out.println("ready");
                int unused = System.in.read();
            }
        }
    }
}
