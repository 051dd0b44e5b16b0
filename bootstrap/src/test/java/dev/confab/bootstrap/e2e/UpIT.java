package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.bootstrap.demo.Demo;
import dev.confab.testkit.Eventually;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of a new user. */
class UpIT {

    private static final String MAIN = "dev.confab.bootstrap.Main";

    private final RestClient rest = new RestClient();
    private final List<ServerProcess> started = new ArrayList<>();
    private int httpPort;
    private int managementPort;

    @TempDir
    private Path data;

    @BeforeEach
    void choosePorts() throws IOException {
        try (ServerSocket http = new ServerSocket(0);
                ServerSocket management = new ServerSocket(0)) {
            httpPort = http.getLocalPort();
            managementPort = management.getLocalPort();
        }
    }

    @AfterEach
    void leaveNothingBehind() {
        started.forEach(this::killAll);
    }

    @Test
    void theNextUpHasWhatTheLastOneHadAndNothingIsLeftBehind() throws Exception {
        ServerProcess first = up();
        first.awaitReady();
        assertThat(data.resolve("run/kafka.properties"))
                .as("each record is on the disk before it is acknowledged")
                .content()
                .contains("log.flush.interval.messages=1");
        RestClient.Account kim = rest.register(url(), "Kim");
        String room = rest.createRoom(url(), kim, List.of());
        JsonNode message = rest.post(
                        url(),
                        "/rooms/" + room + "/messages?wait=persisted",
                        kim,
                        RestClient.message(UUID.randomUUID().toString(), "Keep this"))
                .expect(201)
                .body();

        ServerProcess recount = run("rebuild-unread");
        assertThat(recount.awaitExit(60)).isZero();
        assertThat(recount.output()).contains("1 room looked at, all counts are right.");

        ServerProcess rule = run("retention", room, "30d");
        assertThat(rule.awaitExit(60)).isZero();
        assertThat(rule.output()).contains("Room " + room + ": archived and deleted after 30 d");

        ServerProcess second = up();
        assertThat(second.awaitExit(60)).isEqualTo(2);
        assertThat(second.output().lines().filter(line -> line.startsWith("confab: ")))
                .hasSize(1);

        List<ProcessHandle> processes = first.descendants();
        assertThat(processes).isNotEmpty();
        first.interrupt();
        assertThat(first.awaitExit(10)).isZero();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        ServerProcess recountOfNothing = run("rebuild-unread");
        assertThat(recountOfNothing.awaitExit(60)).isEqualTo(2);
        assertThat(recountOfNothing.output()).contains("CONFAB_DB_URL");

        up().awaitReady();
        JsonNode login = rest.post(
                        url(), "/auth/login", null, Map.of("email", kim.email(), "password", "correct horse"))
                .expect(200)
                .body();
        assertThat(login.path("user").path("id").asText()).isEqualTo(kim.id());
        assertThat(rest.history(url(), kim, room)).containsExactly(message);
    }

    @Test
    void aTakenPortIsOneClearLineAndNothingIsStarted() throws IOException {
        try (ServerSocket taken = new ServerSocket(httpPort)) {
            ServerProcess refused = up();
            assertThat(refused.awaitExit(60)).isEqualTo(2);
            assertThat(refused.output()).contains("port " + taken.getLocalPort() + " is taken");
            assertThat(data.resolve("postgres")).doesNotExist();
        }
    }

    @Test
    void theDemoHoldsAlthoughEverythingIsKilledInTheMiddleOfIt() throws Exception {
        ServerProcess first = up();
        first.awaitReady();
        StringWriter told = new StringWriter();
        Demo demo = new Demo(List.of(url()), 200, Duration.ofMinutes(2), new PrintWriter(told, true));
        CompletableFuture<Void> held = CompletableFuture.runAsync(demo::run);
        long begin = messagesStored(first);
        assertThat(begin).isGreaterThanOrEqualTo(20);

        killAll(first);
        up().awaitReady();

        held.get(240, TimeUnit.SECONDS);
        assertThat(told.toString()).contains("All three saw the same 207 messages once");
    }

    @Test
    void inMemoryItNeedsNoServers() throws IOException {
        ServerProcess memory = up("--memory");
        memory.awaitReady();
        assertThat(memory.descendants()).isEmpty();
        new Demo(List.of(url()), 12, Duration.ofMinutes(1), new PrintWriter(new StringWriter())).run();
        memory.terminate();
        assertThat(memory.awaitExit(10)).isZero();
    }

    @Test
    void whoIsAwayIsToldThroughTheWebhookOfTheDemo() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ServerProcess demo = run("demo", "--webhook", String.valueOf(port));
        ServerProcess memory = up("--memory", "--webhook-url", "http://localhost:" + port);
        memory.awaitReady();
        Eventually.holdsWithin(
                Duration.ofSeconds(60), () -> assertThat(demo.output()).contains("Lee was told"));
        assertThat(demo.output()).contains("Kim in \"Demo\" wrote \"Noon, @Lee?\" (mentioned)");
        demo.interrupt();
        assertThat(demo.awaitExit(10)).isZero();
        memory.interrupt();
        assertThat(memory.awaitExit(10)).isZero();
    }

    /** Waits until the demo has sent at least twenty messages, as the server's own metrics tell. */
    private long messagesStored(ServerProcess server) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end && server.isAlive()) {
            long received = metric("confab_websocket_frames_received_total");
            if (received >= 30) {
                return received;
            }
        }
        return 0;
    }

    private long metric(String name) {
        return rest.text(URI.create("http://localhost:" + managementPort + "/metrics"))
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private ServerProcess up(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("up"));
        command.addAll(List.of(options));
        return run(command.toArray(String[]::new));
    }

    private ServerProcess run(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(options));
        command.addAll(List.of("--data", data.toString()));
        ServerProcess process = ServerProcess.start(
                Map.of(
                        "CONFAB_HTTP_PORT", String.valueOf(httpPort),
                        "CONFAB_MANAGEMENT_PORT", String.valueOf(managementPort),
                        "CONFAB_NOTIFY_AFTER", "1s",
                        "CONFAB_LIMIT_MESSAGES", "off",
                        "CONFAB_LIMIT_REST", "off",
                        "CONFAB_LIMIT_ADDRESS", "off"),
                MAIN,
                command.toArray(String[]::new));
        started.add(process);
        return process;
    }

    private URI url() {
        return URI.create("http://localhost:" + httpPort);
    }

    /** SIGKILL for the process and everything it started. */
    private void killAll(ServerProcess process) {
        List<ProcessHandle> all = process.descendants();
        process.kill();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }
}
