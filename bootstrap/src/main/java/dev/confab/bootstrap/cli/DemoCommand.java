package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.demo.Demo;
import dev.confab.bootstrap.demo.DemoFailure;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tries a running Confab out. */
@Command(
        name = "demo",
        description =
                "Talks to a running Confab like a stranger's client: people register, make a room and talk, one is cut"
                        + " off and comes back, something is sent twice. Exit code 0 only if everything held.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Option(
            names = "--url",
            paramLabel = "URL",
            split = ",",
            description = "Where it runs; several gateways separated by commas. Default: CONFAB_URL, or"
                    + " http://localhost with CONFAB_HTTP_PORT (8080).")
    private List<URI> urls = List.of();

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many go back and forth (30).")
    private int messages;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the server may be away before the demo gives up (60).")
    private int patienceSeconds;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    DemoCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (messages < 1 || patienceSeconds < 1) {
            throw new UnusableException("--messages and --patience take whole numbers from 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<URI> servers = urls.isEmpty() ? fromEnvironment() : urls;
        out.println("Trying "
                + String.join(" and ", servers.stream().map(URI::toString).toList()));
        out.flush();
        try {
            new Demo(servers, messages, Duration.ofSeconds(patienceSeconds), out).run();
        } catch (DemoFailure failure) {
            out.flush();
            spec.commandLine().getErr().println("confab demo: " + failure.getMessage());
            return ConfabCommand.EXIT_FAILED;
        }
        out.println("Everything held.");
        out.flush();
        return 0;
    }

    private List<URI> fromEnvironment() {
        String configured = environment.getOrDefault("CONFAB_URL", "");
        String url = configured.isBlank()
                ? "http://localhost:" + environment.getOrDefault("CONFAB_HTTP_PORT", "8080")
                : configured;
        return List.of(url.split(",")).stream()
                .map(String::trim)
                .map(URI::create)
                .toList();
    }
}
