package dev.confab.bench;

import java.time.Clock;
import picocli.CommandLine;

/** Where the measuring program begins; also the bare servers it measures against, which run as processes of their own. */
public final class Main {

    private Main() {}

    /** Runs what is asked for. */
    public static void main(String[] args) {
        System.exit(commandLine(Clock.systemUTC()).execute(args));
    }

    static CommandLine commandLine(Clock clock) {
        return new CommandLine(new BenchCommand(clock))
                .addSubcommand(new LoadCommand(clock))
                .addSubcommand(new HistoryCheckCommand())
                .addSubcommand(new SimulateCommand())
                .addSubcommand(new TortureCommand(clock))
                .addSubcommand(new ExperimentCommand(clock))
                .addSubcommand(new CompareCommand(clock))
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionExceptionHandler(Main::explain);
    }

    private static int refuse(CommandLine.ParameterException fault, String[] arguments) {
        CommandLine command = fault.getCommandLine();
        String name = "confab " + command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + oneLine(fault) + "; ./" + name + " --help tells more");
        return CommandLine.ExitCode.USAGE;
    }

    /** One clear line; a stack trace for whoever asks for it. */
    private static int explain(Exception fault, CommandLine command, CommandLine.ParseResult parseResult) {
        command.getErr().println("confab " + command.getCommandSpec().qualifiedName() + ": " + oneLine(fault));
        if (System.getProperty("confab.trace") != null) {
            fault.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static String oneLine(Throwable fault) {
        String message = fault.getMessage();
        return message == null
                ? fault.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
