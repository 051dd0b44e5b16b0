package dev.confab.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run PostgreSQL, which refuses to be root and wants an account that has a name.
 *
 * <p>A normal user runs it as is. For root (and for a nameless uid, as some container platforms give out) there are two
 * ways, tried in this order by really reaching the program and the folder that way:
 *
 * <ol>
 *   <li>{@code unshare -U}: a user namespace without a mapping. Inside, the process is {@code nobody}; for the file system
 *       it is still who it was, so that nothing changes hands. Some container runtimes forbid it.
 *   <li>{@code setpriv} to {@code nobody} for good, keeping the one capability to pass folders that only root may enter.
 *       The data then belongs to {@code nobody}.
 * </ol>
 */
final class Unprivileged {

    private static final Duration PROBE_TIME = Duration.ofSeconds(10);
    private static final Duration OWN_TIME = Duration.ofMinutes(1);
    private static final String NOBODY = "65534";

    private static final List<List<String>> WAYS = List.of(
            List.of("unshare", "-U"),
            List.of(
                    "setpriv",
                    "--reuid=" + NOBODY,
                    "--regid=" + NOBODY,
                    "--clear-groups",
                    "--securebits=+no_setuid_fixup", // or access(2), which PostgreSQL asks, denies what open(2) grants
                    "--inh-caps=-all,+dac_override",
                    "--ambient-caps=-all,+dac_override"));

    /** Is not root, has a name, can write the folder, can enter data that is there, can run the program. */
    private static final String CHECK = """
            [ "$(id -u)" != 0 ] || { echo "is root"; exit 1; }
            id -un >/dev/null || exit 1
            : >"$1/.check" || exit 1
            rm -f "$1/.check"
            if [ -e "$1/data" ]; then cd "$1/data" || exit 1; fi
            exec "$2" --version
            """;

    private final List<String> way;

    private Unprivileged(List<String> way) {
        this.way = way;
    }

    /**
     * Finds the way that works here.
     *
     * @param program one that answers {@code --version}
     * @param folder the folder it has to write; the data, if there is any, is in {@code data} below
     * @throws UnsupportedPlatformException if there is no way
     */
    static Unprivileged find(Path program, Path folder) throws IOException, InterruptedException {
        List<List<String>> ways = new ArrayList<>();
        ways.add(List.of());
        ways.addAll(WAYS);
        List<String> failures = new ArrayList<>();
        for (List<String> way : ways) {
            List<String> command = new ArrayList<>(way);
            command.addAll(List.of("/bin/sh", "-c", CHECK, "sh", folder.toString(), program.toString()));
            try {
                Commands.Result result = Commands.run(command, Path.of("/"), PROBE_TIME);
                if (result.succeeded()) {
                    Unprivileged found = new Unprivileged(way);
                    found.own(folder.resolve("data"));
                    return found;
                }
                failures.add((way.isEmpty() ? "as is" : way.getFirst()) + ": " + result.lastLine());
            } catch (IOException e) {
                failures.add(way.isEmpty() ? e.toString() : way.getFirst() + ": not found");
            }
        }
        throw new UnsupportedPlatformException("PostgreSQL cannot run as user "
                + System.getProperty("user.name", "?") + " on " + folder + " (owned by "
                + Files.getOwner(folder).getName() + "): " + String.join("; ", failures));
    }

    /** The command, run that way. */
    List<String> run(List<String> command) {
        List<String> whole = new ArrayList<>(way);
        whole.addAll(command);
        return whole;
    }

    /** Data made by root in a user namespace changes hands when that way is closed now; PostgreSQL insists on owning it. */
    private void own(Path data) throws IOException, InterruptedException {
        if (way.contains("setpriv") && Files.exists(data)) {
            Commands.Result result = Commands.run(
                    List.of("chown", "-R", NOBODY + ":" + NOBODY, data.toString()), Path.of("/"), OWN_TIME);
            if (!result.succeeded()) {
                throw new IOException("cannot give " + data + " to nobody: " + result.lastLine());
            }
        }
    }
}
