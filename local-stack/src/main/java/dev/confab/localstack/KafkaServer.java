package dev.confab.localstack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * One Kafka 4 broker, its own controller (KRaft), reachable on 127.0.0.1 only, without authentication: any account of this
 * machine can use it.
 *
 * <p>Topics are never created by asking for them. One broker means replication factor 1: nothing takes over when its disk
 * is lost. The heap is bounded to 512 MB.
 */
public final class KafkaServer extends StackServer {

    private static final Duration FORMAT_TIME = Duration.ofMinutes(2);
    /** Halves the processor time of the start; what runs long is better off without. */
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final String CONTROLLER_PORT = "kafka.controller";

    KafkaServer(StackContext context) {
        super(ServerName.KAFKA, context);
    }

    /** What a client takes as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    @Override
    void prepare() throws IOException, InterruptedException {
        Path home = context().folder().of(name());
        Files.createDirectories(home);
        Path data = home.resolve("data");
        int controllerPort = context().ports().portFor(CONTROLLER_PORT);
        Files.writeString(logging(), LOGGING);
        if (!Files.exists(data)) {
            format(home, data, controllerPort);
        }
        Files.writeString(configuration(), settings("kafka/data", controllerPort));
    }

    private Path configuration() {
        return context().folder().run("kafka.properties");
    }

    private Path logging() {
        return context().folder().run("kafka-logback.xml");
    }

    /** Formats beside its place and moves it there when whole, so that a start that was cut off leaves nothing. */
    private void format(Path home, Path data, int controllerPort) throws IOException, InterruptedException {
        context().progress().onStep(name(), "formatting its storage");
        Path next = home.resolve("data.new");
        DataFolder.deleteTree(next);
        Files.createDirectories(next);
        Path settings = context().folder().run("kafka-format.properties");
        Files.writeString(settings, settings("kafka/data.new", controllerPort));
        List<String> command = java("-Xmx128m");
        command.addAll(1, QUICK_START);
        command.addAll(List.of(
                "kafka.tools.StorageTool", "format", "--cluster-id", clusterId(), "--config", settings.toString()));
        runToEnd("format its storage", command, FORMAT_TIME);
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** 16 random bytes in URL-safe Base64; not beginning with a dash, which would be an option to the tool. */
    private static String clusterId() {
        UUID uuid = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return id.startsWith("-") ? "A" + id.substring(1) : id;
    }

    /** The data's place is relative to the data folder: a comma in its path would be a separator, a letter beyond ASCII lost. */
    private String settings(String data, int controllerPort) {
        String settings = """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%4$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                delete.topic.enable=true
                default.replication.factor=1
                min.insync.replicas=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=4
                group.initial.rebalance.delay.ms=0
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                num.recovery.threads.per.data.dir=2
                log.cleaner.dedupe.buffer.size=8388608
                """.formatted(port(), controllerPort, data, advertisedPort());
        return context().durability() == Durability.POWER_CUT ? settings + "log.flush.interval.messages=1\n" : settings;
    }

    private int advertisedPort() {
        int wanted = context().advertisedKafkaPort();
        return wanted == 0 ? port() : wanted;
    }

    @Override
    List<String> command() throws IOException {
        List<String> command = java("-Xms64m", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
        if (context().durability() == Durability.DISPOSABLE) {
            command.addAll(1, QUICK_START);
        } else {
            command.addAll(1, List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20"));
        }
        command.addAll(List.of("kafka.Kafka", configuration().toString()));
        return command;
    }

    private List<String> java(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(JavaClassPath.java());
        command.addAll(List.of(options));
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // no page of warnings about a library of Kafka's
        }
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Djava.awt.headless=true");
        command.add("-Dfile.encoding=UTF-8");
        command.add("-Dlogback.configurationFile=" + logging());
        command.add(JavaClassPath.argument(context().folder().run("kafka.args"), JavaClassPath.entries()));
        return command;
    }

    @Override
    List<String> portNames() {
        return List.of(name().fileName(), CONTROLLER_PORT);
    }

    @Override
    boolean answers() {
        return KafkaProbe.knowsABroker(port());
    }

    @Override
    Duration patience() {
        return Duration.ofSeconds(4);
    }

    /** Quiet: what somebody has to look at, and that it started. */
    private static final String LOGGING = """
            <configuration>
              <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d{yyyy-MM-dd HH:mm:ss.SSS, UTC} %-5level %logger{1} %msg%n</pattern></encoder>
              </appender>
              <logger name="kafka.server.KafkaRaftServer" level="INFO"/>
              <root level="WARN"><appender-ref ref="OUT"/></root>
            </configuration>
            """;
}
