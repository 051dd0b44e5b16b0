package dev.confab.bench;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries out what the design decided against, beside what it decided for. */
@Command(
        name = "experiment",
        description = "Tries out what the design decided against, beside what it decided for.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "keys     commands by room or by user: how often the order of a room breaks",
            "linger   the producer's linger and batch size: throughput and time to the acknowledgement",
            "bus      what is stored, told through Kafka or through Redis: time, and what is lost by an interruption",
            "inserts  rows by COPY, by unnest, and by an insert of many rows",
            "",
            "Examples:",
            "  ./confab bench experiment keys",
            "  ./confab bench experiment all --seconds 5"
        })
final class ExperimentCommand implements Callable<Integer> {

    private final Clock clock;

    @Parameters(paramLabel = "EXPERIMENT", arity = "1..*", description = "keys, linger, bus, inserts or all.")
    private List<String> names = List.of();

    @Option(names = "--seconds", description = "How long each variant is measured; default: 10.")
    private int seconds = 10;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    ExperimentCommand(Clock clock) {
        this.clock = clock;
    }

    /** What one of them prints: a table. */
    @FunctionalInterface
    private interface Experiment {
        List<String> run(Installation servers, int seconds) throws Exception;
    }

    private static final Map<String, Experiment> ALL = new TreeMap<>(Map.of(
            "keys", KeyExperiment::run,
            "linger", LingerExperiment::run,
            "bus", BusExperiment::run,
            "inserts", InsertExperiment::run));

    @Override
    public Integer call() throws Exception {
        List<String> wanted = names.contains("all") ? List.copyOf(ALL.keySet()) : names;
        for (String name : wanted) {
            if (!ALL.containsKey(name)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "There is no experiment '" + name + "'; known are " + ALL.keySet());
            }
        }
        if (seconds < 1 || seconds > 600) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--seconds is 1 to 600");
        }
        PrintWriter out = spec.commandLine().getOut();
        String command = "./confab bench experiment " + String.join(" ", wanted) + " --seconds " + seconds;
        MachineInfo.read(clock, command).forEach((name, value) -> out.printf("%s: %s%n", name, value));
        try (Installation servers = Installation.start(out, clock)) {
            for (String name : wanted) {
                out.printf("%n%s%n", name);
                Objects.requireNonNull(ALL.get(name)).run(servers, seconds).forEach(out::println);
                out.flush();
            }
        }
        return 0;
    }
}
