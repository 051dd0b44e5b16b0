package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.bootstrap.node.OperatorTools;
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
        System.setProperty("confab.log.terminal", "WARN");
        Map<String, String> local = LocalConnection.read(DataOption.folder(data, environment));
        return OperatorTools.open(reader.readDatabase(local), Clock.systemUTC());
    }
}
