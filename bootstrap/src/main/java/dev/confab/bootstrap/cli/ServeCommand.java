package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.config.ConfabConfig;
import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.bootstrap.node.ChatNode;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** One or both roles on servers that run elsewhere. */
@Command(
        description = "Runs on PostgreSQL, Kafka and Redis that run elsewhere.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Needed settings: CONFAB_DB_URL, CONFAB_DB_USER, CONFAB_DB_PASSWORD, CONFAB_KAFKA_BROKERS,",
            "CONFAB_REDIS_URL, CONFAB_JWT_SECRET. Ports: CONFAB_HTTP_PORT (8080), CONFAB_MANAGEMENT_PORT (8081).",
            "With one Kafka broker: CONFAB_KAFKA_REPLICATION=1."
        })
final class ServeCommand implements Callable<Integer> {

    private final ConfigReader reader;
    private final @Nullable String role;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /**
     * A command for that role.
     *
     * @param role null: the roles of CONFAB_ROLES
     */
    ServeCommand(ConfigReader reader, @Nullable String role) {
        this.reader = reader;
        this.role = role;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        ConfabConfig config = reader.read(role == null ? Map.of() : Map.of("CONFAB_ROLES", role));
        Running running = new Running(out);
        try {
            ChatNode node = running.serve(ChatNode.start(config, Clock.systemUTC()));
            out.println("Confab " + roles(config) + " " + config.serverId() + " is ready"
                    + (node.httpPort() == 0 ? "" : " at http://localhost:" + node.httpPort()) + ", management at "
                    + "http://localhost:" + node.managementPort());
            out.flush();
        } catch (Exception fault) {
            running.abandon();
            throw fault;
        }
        running.awaitStop();
        return 0;
    }

    private static String roles(ConfabConfig config) {
        return config.roles().stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" and "));
    }
}
