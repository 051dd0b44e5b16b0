package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.demo.Demo;
import dev.confab.bootstrap.demo.DemoFailure;
import dev.confab.bootstrap.demo.WebhookDemo;
import dev.confab.bootstrap.demo.WebhookReceiver;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    private static final int MOST_PORTS = 65_535;

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

    @Option(
            names = "--webhook",
            arity = "0..1",
            fallbackValue = "8090",
            paramLabel = "PORT",
            description = "Receives notifications on that port (8090), checks them and prints each in a line, until"
                    + " Ctrl-C; and shows how somebody who is away is told of a message.")
    private @Nullable Integer webhookPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the secret of the webhook is kept unless CONFAB_WEBHOOK_SECRET is set: the data folder"
                    + " of `confab up`.")
    private @Nullable Path data;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    DemoCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        if (messages < 1 || patienceSeconds < 1) {
            throw new UnusableException("--messages and --patience take whole numbers from 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<URI> servers = urls.isEmpty() ? fromEnvironment() : urls;
        if (webhookPort != null) {
            if (webhookPort < 0 || webhookPort > MOST_PORTS) {
                throw new UnusableException("--webhook takes a port from 0 to " + MOST_PORTS);
            }
            return webhook(webhookPort, servers.getFirst(), out);
        }
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

    /** Listens until it is told to stop, whether the story came out or not. */
    private int webhook(int port, URI server, PrintWriter out) throws Exception {
        String secret = LocalSecret.of(
                DataOption.folder(data, environment), LocalSecret.WEBHOOK, environment.get("CONFAB_WEBHOOK_SECRET"));
        Running running = new Running(out);
        WebhookDemo story = new WebhookDemo(server, Duration.ofSeconds(Math.max(patienceSeconds, 1)), out);
        try {
            WebhookReceiver receiver = running.add(WebhookReceiver.start(port, secret, Clock.systemUTC(), story));
            running.begun();
            out.println("Receiving notifications at " + receiver.url());
            out.println("Confab sends them here when it is started with: ./confab up --webhook-url " + receiver.url());
            out.flush();
        } catch (BindException taken) {
            running.abandon();
            throw new UnusableException("port " + port + " is taken; choose another: --webhook PORT");
        } catch (IOException | RuntimeException fault) {
            running.abandon();
            throw fault;
        }
        try {
            story.run();
        } catch (DemoFailure failure) {
            spec.commandLine().getErr().println("confab demo: " + failure.getMessage());
            spec.commandLine().getErr().flush();
        }
        running.awaitStop();
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
