package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.config.ConfigException;
import dev.confab.bootstrap.config.ConfigProblem;
import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.localstack.LocalStackException;
import dev.confab.netty.PortTakenException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program as a command line. */
@Command(
        name = "confab",
        description =
                "A real-time group chat backend: a message that was acknowledged is stored once, in one order that"
                        + " everybody sees, and nobody who was away misses it without being told.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "confab 0.1.0-SNAPSHOT",
        footer = {
            "",
            "`confab test` builds everything and runs every test.",
            "Settings come from the environment, or from a properties file with the same keys named by CONFAB_CONFIG."
        })
public final class ConfabCommand implements Runnable {

    /** Something was asked for or configured wrongly, or what is needed is not there; nothing was started. */
    static final int EXIT_UNUSABLE = 2;

    /** It was tried and did not come out as it should. */
    static final int EXIT_FAILED = 1;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private ConfabCommand() {}

    /**
     * Runs what the arguments ask for.
     *
     * @param environment the environment of the process
     * @return the exit code
     */
    public static int run(Map<String, String> environment, String... arguments) {
        ConfigReader reader = new ConfigReader(environment, randomServerId());
        CommandLine commandLine = new CommandLine(new ConfabCommand())
                .addSubcommand(new UpCommand(reader, environment))
                .addSubcommand("gateway", new ServeCommand(reader, "gateway"))
                .addSubcommand("serve", new ServeCommand(reader, null))
                .addSubcommand("worker", new ServeCommand(reader, "worker"))
                .addSubcommand("notifier", new ServeCommand(reader, "notifier"))
                .addSubcommand(new DemoCommand(environment))
                .addSubcommand(new RebuildUnreadCommand(reader, environment))
                .addSubcommand(new RetentionCommand(reader, environment))
                .addSubcommand(DeadLettersCommand.with(reader, environment))
                .addSubcommand(new TraceCommand(reader, environment))
                .addSubcommand(new CommandLine.HelpCommand())
                .setExecutionExceptionHandler(ConfabCommand::explain);
        return commandLine.execute(arguments);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** A host name and a random part, so that two servers on one machine have different names. */
    private static String randomServerId() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            host = "confab";
        }
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return host.toLowerCase(Locale.ROOT) + "-" + HexFormat.of().formatHex(random);
    }

    /** One clear line for what a person can mend; a stack trace only for what nobody foresaw. */
    private static int explain(Exception fault, CommandLine commandLine, CommandLine.ParseResult parseResult) {
        PrintWriter err = commandLine.getErr();
        switch (fault) {
            case ConfigException config -> {
                err.println("confab: " + config.problems().size() + " problem(s) with the configuration");
                for (ConfigProblem problem : config.problems()) {
                    err.println("  " + problem);
                }
            }
            case PortTakenException taken -> err.println("confab: " + taken.getMessage());
            case LocalStackException local -> err.println("confab: " + local.getMessage());
            case UnusableException unusable -> err.println("confab: " + unusable.getMessage());
            default -> {
                err.println("confab: could not start: " + String.join(": ", reasons(fault)));
                if (System.getProperty("confab.trace") != null) {
                    fault.printStackTrace(err);
                }
            }
        }
        err.flush();
        return EXIT_UNUSABLE;
    }

    /** What it says and what its deepest cause says, if that is something else. */
    private static Set<String> reasons(Throwable fault) {
        Set<String> reasons = new LinkedHashSet<>();
        reasons.add(oneLine(fault));
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        reasons.add(oneLine(root));
        return reasons;
    }

    private static String oneLine(Throwable fault) {
        String message = fault.getMessage();
        return message == null
                ? fault.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
