package dev.confab.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {

    private static final Duration CLOSING = Duration.ofSeconds(10);

    private Path folder = Path.of("");

    /** With a name that not every configuration file can hold. */
    @BeforeEach
    void chooseFolder(@TempDir Path temp) {
        boolean beyondAscii = System.getProperty("sun.jnu.encoding", "").equals("UTF-8");
        folder = temp.resolve("a, \"b\" & 'c' $d" + (beyondAscii ? " 데이터" : ""));
    }

    private final Queue<String> steps = new ConcurrentLinkedQueue<>();

    private LocalStack.Builder builder() {
        return LocalStack.builder(folder)
                .endWithThisProcess()
                .progress((server, step) -> steps.add(server + " " + step));
    }

    @Test
    void dataAndPortsSurviveCloseAndANewStart() throws Exception {
        List<Integer> ports;
        List<Long> pids;
        try (LocalStack stack = builder().start()) {
            StackProbe probe = new StackProbe(stack);
            probe.makeTable();
            probe.insert("first");
            probe.makeTopic();
            assertThat(probe.query("SHOW fsync") + probe.query("SHOW synchronous_commit"))
                    .isEqualTo("onon");
            assertThat(probe.query("SHOW server_version_num")).startsWith("18");
            assertThat(RedisProbe.ask(stack.redis().port(), "PING")).containsExactly("+PONG");
            ports = ports(stack);
            pids = pids(stack);
            long begin = System.nanoTime();
            stack.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(CLOSING);
        }
        assertThat(pids).hasSize(3).noneMatch(pid -> ProcessIdentity.of(pid).isPresent());
        assertThat(steps.stream().filter(step -> step.endsWith("stopped")))
                .containsExactly("KAFKA stopped", "REDIS stopped", "POSTGRES stopped");

        try (LocalStack stack = builder().start()) {
            StackProbe probe = new StackProbe(stack);
            assertThat(probe.words()).isEqualTo("first");
            assertThat(probe.topics()).contains(StackProbe.TOPIC);
            assertThat(ports(stack)).isEqualTo(ports);
        }
        assertThat(folder.resolve("logs/postgres.log")).isNotEmptyFile();
        assertThat(folder.resolve("logs/redis.log")).isNotEmptyFile();
        assertThat(folder.resolve("logs/kafka.log")).isNotEmptyFile();
    }

    @Test
    void aStartThatFailsLeavesNothingRunning() throws Exception {
        Files.createDirectories(folder.resolve("kafka/data"));
        Files.writeString(folder.resolve("kafka/data/meta.properties"), "version=1\nnode.id=7\ncluster.id=x\n");
        assertThatExceptionOfType(ServerFailedException.class)
                .isThrownBy(() -> builder().start())
                .withMessageStartingWith("Kafka did not start: ")
                .withMessageContaining("logs/kafka.log")
                .withMessageNotContaining("\n")
                .satisfies(failed -> assertThat(failed.server()).isEqualTo(ServerName.KAFKA));
        assertThat(processesOn(folder)).isEmpty();
        FolderLock.acquire(folder.toRealPath()).close();
    }

    @Test
    void closingEndsAStartThatIsUnderWay() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        LocalStack stack = LocalStack.builder(folder)
                .endWithThisProcess()
                .progress((server, step) -> begun.countDown())
                .build();
        FutureTask<Void> start = new FutureTask<>(stack::start, null);
        Thread starter = Thread.ofPlatform().start(start);
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        stack.close();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> start.get(60, TimeUnit.SECONDS))
                .withCauseInstanceOf(LocalStackException.class);
        starter.join();
        assertThat(processesOn(folder)).isEmpty();
    }

    @Test
    void aSecondStackOnTheFolderIsRefused() {
        try (LocalStack first = builder().only(ServerName.REDIS).start()) {
            assertThatExceptionOfType(DataFolderInUseException.class)
                    .isThrownBy(() -> builder().only(ServerName.REDIS).start())
                    .satisfies(refused -> assertThat(refused.holder())
                            .hasValue(ProcessHandle.current().pid()));
            assertThat(first.redis().isRunning()).isTrue();
        }
    }

    @Test
    void dataOfAnotherMajorVersionIsRefusedInOneLine() throws IOException {
        Files.createDirectories(folder.resolve("postgres/data"));
        Files.writeString(folder.resolve("postgres/data/PG_VERSION"), "17\n");
        assertThatExceptionOfType(DataFolderUnusableException.class)
                .isThrownBy(() -> builder().only(ServerName.POSTGRES).start())
                .withMessageContaining("PostgreSQL 17")
                .withMessageContaining("PostgreSQL 18")
                .withMessageNotContaining("\n");
    }

    @Test
    void aRememberedPortThatIsTakenIsReplaced() throws IOException {
        int before;
        try (LocalStack stack = builder().only(ServerName.REDIS).start()) {
            before = stack.redis().port();
        }
        try (ServerSocket other = new ServerSocket()) {
            other.bind(Loopback.at(before));
            try (LocalStack stack = builder().only(ServerName.REDIS).start()) {
                assertThat(stack.redis().port()).isNotEqualTo(before);
            }
        }
    }

    private static List<Integer> ports(LocalStack stack) {
        return Stream.of(stack.postgres(), stack.redis(), stack.kafka())
                .map(StackServer::port)
                .toList();
    }

    private static List<Long> pids(LocalStack stack) {
        return Stream.of(stack.postgres(), stack.redis(), stack.kafka())
                .map(StackServer::pid)
                .map(OptionalLong::orElseThrow)
                .toList();
    }

    /** Processes that name the folder on their command line. */
    static List<String> processesOn(Path folder) throws IOException {
        String name = folder.toRealPath().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(name))
                .toList();
    }
}
