package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.bootstrap.node.DeadLetterTools;
import dev.confab.bootstrap.node.OperatorTools;
import dev.confab.bootstrap.node.TraceTools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store an operator's command works on: the configured one, else that of a {@code confab up} that runs. */
final class StoreAccess {

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder of a running `confab up`.")
    private @Nullable Path data;

    /** To be closed. The terminal is for what a person wants to know, and shows warnings alone besides. */
    OperatorTools open(ConfigReader reader, Map<String, String> environment) throws IOException {
        return OperatorTools.open(reader.readDatabase(local(environment)), Clock.systemUTC());
    }

    /** The same with the log beside the store. */
    DeadLetterTools openDeadLetters(ConfigReader reader, Map<String, String> environment) throws IOException {
        return DeadLetterTools.open(reader.readServers(local(environment)), Clock.systemUTC());
    }

    /** All that knows where messages have been. */
    TraceTools openTrace(ConfigReader reader, Map<String, String> environment) throws IOException {
        return TraceTools.open(reader.readServers(local(environment)), Clock.systemUTC());
    }

    private Map<String, String> local(Map<String, String> environment) throws IOException {
        System.setProperty("confab.log.terminal", "WARN");
        return LocalConnection.read(DataOption.folder(data, environment));
    }
}
