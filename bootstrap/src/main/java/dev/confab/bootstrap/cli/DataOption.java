package dev.confab.bootstrap.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which folder keeps the data of a chat on this machine. */
final class DataOption {

    private DataOption() {}

    /** What was asked for, else CONFAB_DATA, else {@code .confab} where the command runs. */
    static Path folder(@Nullable Path asked, Map<String, String> environment) {
        Path folder = asked != null ? asked : Path.of(environment.getOrDefault("CONFAB_DATA", ".confab"));
        return folder.toAbsolutePath().normalize();
    }
}
