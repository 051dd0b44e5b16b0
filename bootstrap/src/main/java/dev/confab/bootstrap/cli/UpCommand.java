package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.config.ConfabConfig;
import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.bootstrap.node.ChatNode;
import dev.confab.bootstrap.webhook.WebhookSettings;
import dev.confab.localstack.Durability;
import dev.confab.localstack.LocalStack;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A whole chat with its own servers, from one command. */
@Command(
        name = "up",
        description =
                "Starts PostgreSQL, Redis, Kafka and Confab on this machine, and keeps their data. Ctrl-C stops all.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Ports: CONFAB_HTTP_PORT (8080) and CONFAB_MANAGEMENT_PORT (8081); the servers take free ones.",
            "One Kafka broker has no replica: the data of this machine is as safe as its disk, and no safer."
        })
final class UpCommand implements Callable<Integer> {

    private final ConfigReader reader;
    private final Map<String, String> environment;

    @Option(names = "--memory", description = "No servers at all: everything in memory, gone at the end.")
    private boolean memory;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data is kept. Default: CONFAB_DATA, or .confab in the project's folder.")
    private @Nullable Path data;

    @Option(
            names = "--webhook-url",
            paramLabel = "URL",
            description = "Where people who have not read a message are told of it. Default: CONFAB_WEBHOOK_URL, or"
                    + " nowhere. `confab demo --webhook` receives them for trying it out.")
    private @Nullable String webhookUrl;

    @Option(names = "--stop-when-ready", hidden = true, description = "Used when the program is built.")
    private boolean stopWhenReady;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    UpCommand(ConfigReader reader, Map<String, String> environment) {
        this.reader = reader;
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        long begin = System.nanoTime();
        keepLogs();
        Running running = new Running(out);
        ChatNode node;
        WebhookSettings webhook;
        try {
            ConfabConfig config = memory ? inMemory() : onServers(running, out);
            webhook = config.webhook();
            node = running.serve(ChatNode.start(config, Clock.systemUTC()));
        } catch (Exception fault) {
            running.abandon();
            throw fault;
        }
        announce(out, node, webhook, Duration.ofNanos(System.nanoTime() - begin));
        if (!stopWhenReady) {
            running.awaitStop();
        }
        return 0;
    }

    private ConfabConfig inMemory() throws IOException {
        Map<String, String> fixed = new HashMap<>(Map.of(
                "CONFAB_ROLES", "",
                "CONFAB_BACKEND", "memory",
                "CONFAB_JWT_SECRET", environment.getOrDefault("CONFAB_JWT_SECRET", LocalSecret.random())));
        fixed.putAll(webhook("x".repeat(32)));
        ConfabConfig draft = reader.read(fixed);
        if (draft.webhook() != null) {
            fixed.putAll(webhook(webhookSecret(DataOption.folder(data, environment))));
        }
        return reader.read(fixed);
    }

    /** The webhook that was asked for, with that secret unless one is configured. */
    private Map<String, String> webhook(String secret) {
        Map<String, String> settings = new HashMap<>();
        if (webhookUrl != null) {
            settings.put("CONFAB_WEBHOOK_URL", webhookUrl);
        }
        if (reader.configured("CONFAB_WEBHOOK_SECRET") == null) {
            settings.put("CONFAB_WEBHOOK_SECRET", secret);
        }
        return settings;
    }

    private static String webhookSecret(Path folder) throws IOException {
        return LocalSecret.of(folder, LocalSecret.WEBHOOK, null);
    }

    private ConfabConfig onServers(Running running, PrintWriter out) throws IOException {
        Path folder = DataOption.folder(data, environment);
        Map<String, String> fixed = new HashMap<>(Map.of(
                // The usual ones.
                "CONFAB_ROLES", "",
                "CONFAB_BACKEND", "external",
                "CONFAB_DB_URL", "jdbc:postgresql:",
                "CONFAB_DB_USER", "unknown yet",
                "CONFAB_KAFKA_BROKERS", "unknown yet",
                "CONFAB_REDIS_URL", "redis://localhost",
                "CONFAB_KAFKA_REPLICATION", "1",
                "CONFAB_KAFKA_MIN_INSYNC", "1",
                "CONFAB_JWT_SECRET", "x".repeat(32)));
        fixed.putAll(webhook("x".repeat(32)));
        // Everything that can be wrong is found before anything is started or written.
        ConfabConfig draft = reader.read(fixed);
        requireFree(draft.httpPort());
        requireFree(draft.managementPort());

        out.println("Data in " + folder);
        out.flush();
        LocalStack stack = running.add(LocalStack.builder(folder)
                .durability(Durability.POWER_CUT)
                .progress((server, step) -> {
                    out.println("  " + server.displayName() + ": " + step);
                    out.flush();
                })
                .build());
        stack.start();
        fixed.putAll(Map.of(
                "CONFAB_DB_URL", stack.postgres().jdbcUrl(),
                "CONFAB_DB_USER", stack.postgres().user(),
                "CONFAB_DB_PASSWORD", stack.postgres().password(),
                "CONFAB_KAFKA_BROKERS", stack.kafka().bootstrapServers(),
                "CONFAB_REDIS_URL", stack.redis().uri(),
                "CONFAB_JWT_SECRET", LocalSecret.of(folder, LocalSecret.TOKENS, environment.get("CONFAB_JWT_SECRET"))));
        if (draft.webhook() != null) {
            fixed.putAll(webhook(webhookSecret(folder)));
        } else {
            fixed.remove("CONFAB_WEBHOOK_SECRET");
        }
        out.println("  Confab: starting");
        out.flush();
        ConfabConfig config = reader.read(fixed);
        running.add(LocalConnection.write(folder, connection(fixed)));
        return config;
    }

    /** What another process needs to work on the same servers; which roles it has is its own matter. */
    private static Map<String, String> connection(Map<String, String> fixed) {
        Map<String, String> connection = new HashMap<>(fixed);
        connection.remove("CONFAB_ROLES");
        return connection;
    }

    /** The terminal is for what a person wants to know; the log goes beside those of the servers. */
    private void keepLogs() {
        System.setProperty("confab.log.terminal", "WARN");
        if (!memory) {
            System.setProperty(
                    "confab.log.file",
                    DataOption.folder(data, environment)
                            .resolve("logs")
                            .resolve("confab.log")
                            .toString());
            System.setProperty("logback.configurationFile", "logback-file.xml");
        }
    }

    private static void requireFree(int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException taken) {
            throw new UnusableException(
                    "port " + port + " is taken; choose others with CONFAB_HTTP_PORT and" + " CONFAB_MANAGEMENT_PORT");
        }
    }

    private void announce(PrintWriter out, ChatNode node, @Nullable WebhookSettings webhook, Duration took) {
        String url = "http://localhost:" + node.httpPort();
        out.printf("%nConfab is ready at %s%n", url);
        out.printf(
                "  after %.1f s; metrics and health at http://localhost:%d%s%n",
                took.toMillis() / 1000.0, node.managementPort(), memory ? "; in memory, gone at the end" : "");
        if (webhook != null) {
            out.printf(
                    "Who has not read a message is told of it at %s://%s%n",
                    webhook.url().getScheme(), webhook.url().getAuthority());
        }
        out.printf(
                "Next: in another terminal, %s./confab demo%n",
                node.httpPort() == 8080 ? "" : "CONFAB_URL=" + url + " ");
        out.printf("Ctrl-C stops everything.%n");
        out.flush();
    }
}
