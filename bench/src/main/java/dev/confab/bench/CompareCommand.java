package dev.confab.bench;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures this build and another one, both in one run. */
@Command(
        name = "compare",
        description = {
            "Measures P1, P2 and P10 of this build and of another one in one run: both run on the same servers and",
            "take turns of 5 s. Without another build it compares this one with itself, configured otherwise."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./confab bench compare ../before/bench/target/bench-0.1.0-SNAPSHOT.jar",
            "  ./confab bench compare --set CONFAB_KAFKA_LINGER=0ms",
            "",
            "It takes about 5 minutes and 1 more for each turn. The jar of another build needs the lib folder beside",
            "it, as the build leaves it."
        })
final class CompareCommand implements Callable<Integer> {

    private final Clock clock;

    @Parameters(paramLabel = "JAR", arity = "0..1", description = "bench-….jar of the other build.")
    private @Nullable Path jar;

    @Option(names = "--turns", description = "How many turns each side takes at each work; default: 8.")
    private int turns = 8;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Configuration of this build's server alone; repeatable.")
    private Map<String, String> settings = new TreeMap<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file.")
    private @Nullable Path json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    CompareCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        if (turns < 1 || turns > 100) {
            throw refused("--turns is 1 to 100");
        }
        if (jar != null && !Files.isReadable(jar)) {
            throw refused("there is no file " + jar);
        }
        if (jar == null && settings.isEmpty()) {
            throw refused("name another build's JAR or say what is configured otherwise (--set)");
        }
        PrintWriter out = spec.commandLine().getOut();
        StringBuilder command = new StringBuilder("./confab bench compare");
        if (jar != null) {
            command.append(" JAR");
        }
        command.append(" --turns ").append(turns);
        settings.forEach((key, value) ->
                command.append(" --set ").append(key).append('=').append(value));
        Map<String, String> circumstances = MachineInfo.read(clock, command.toString());
        circumstances.forEach((name, value) -> out.printf("%s: %s%n", name, value));
        out.flush();
        String classPath = System.getProperty("java.class.path");
        Installation.Build ours = new Installation.Build(classPath, settings);
        Installation.Build other = new Installation.Build(jar == null ? classPath : jar.toString(), Map.of());
        List<Comparison> results;
        try (Installation servers = Installation.start(out, clock)) {
            results = new CompareBench(servers, out, turns, ours, other).run();
        }
        out.printf("%n%s", Report.table(results));
        out.flush();
        if (json != null) {
            Path unused = Files.writeString(json, Report.json(circumstances, results));
        }
        return 0;
    }

    private CommandLine.ParameterException refused(String why) {
        return new CommandLine.ParameterException(spec.commandLine(), why);
    }
}
