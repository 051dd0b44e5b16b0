package dev.confab.bench;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures Confab and the floors it is compared with, in one run. */
@Command(
        name = "bench",
        description = "Measures Confab and the floors it is compared with, in one run on this machine.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "P1   send to ACK, throughput, 16 outstanding per connection",
            "P2   the whole path: send to delivered, stored in between, throughput",
            "P3   the same, the broker writing each record through to the disk",
            "P4   storing with deduplication, and P5, redelivery of nothing but repeats",
            "P6   fan-out to one room of 1,000 members, per CPU-second of the server",
            "P7   the same with many messages on their way at a time",
            "P9   memory of idle connections, 10,000 or --clients; only when it is named",
            "P10  send to ACK, latency, at 100/s and at 70 %% of P1",
            "P11  send to delivered, latency, ten receivers, at 100/s and 3,000/s",
            "P12  pages of history, out of ten million messages and out of 100,000; only when it is named",
            "P13  a gateway dies, and its clients, 10,000 or --clients, come to the other; only when it is named",
            "P15  fan-out to 500 members, or --clients, some of whom do not read; only when it is named",
            "search  searches in a million messages; only when it is named",
            "",
            "It starts servers of its own in a temporary folder, talks to loopback only, and ends what it started."
        })
final class BenchCommand implements Callable<Integer> {

    private static final Set<String> KNOWN = Set.of("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P10", "P11");
    private static final String IDLE = "P9";
    private static final String HISTORY = "P12";
    private static final String STORM = "P13";
    private static final String SLOW = "P15";
    private static final String SEARCH = "SEARCH";
    /** Take long, and are measured only when they are named. */
    private static final Set<String> LONG = Set.of(IDLE, HISTORY, STORM, SLOW, SEARCH);

    private static final int MANY = 10_000;
    private static final int FEWER = 500;
    /** A process here may have so many files open, and a few are taken. */
    private static final int MOST_CLIENTS = 19_000;

    private final Clock clock;

    @Parameters(paramLabel = "WORK", description = "P1 to P7, P9 to P13, P15, search or all (the default).")
    private List<String> works = new ArrayList<>();

    @Option(names = "--seconds", description = "How long each side is measured, after its warm-up; default: 10.")
    private int seconds = 10;

    @Option(
            names = "--clients",
            description = "How many clients P9, P13 and P15 have, in hundreds; default: 10000, and 500 for P15.")
    private int clients;

    @Option(
            names = "--ours-only",
            description = "Leave the floors of P1, P2 and P10 out, which is enough to compare two revisions.")
    private boolean oursOnly;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Configuration of the Confab that is measured, such as CONFAB_KAFKA_LINGER=0ms; repeatable.")
    private Map<String, String> settings = new TreeMap<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file.")
    private @Nullable Path json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    BenchCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        Set<String> wanted = wanted();
        if (seconds < 1 || seconds > 600) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--seconds is 1 to 600");
        }
        if (clients < 0 || clients > MOST_CLIENTS || clients % Village.ROOM_SIZE != 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--clients is 100 to " + MOST_CLIENTS + ", in hundreds");
        }
        PrintWriter out = spec.commandLine().getOut();
        StringBuilder command =
                new StringBuilder("./confab bench " + String.join(" ", wanted) + " --seconds " + seconds);
        if (clients > 0) {
            command.append(" --clients ").append(clients);
        }
        settings.forEach((key, value) ->
                command.append(" --set ").append(key).append('=').append(value));
        Map<String, String> circumstances = MachineInfo.read(clock, command.toString());
        circumstances.forEach((name, value) -> out.printf("%s: %s%n", name, value));
        out.flush();
        List<Comparison> results = new ArrayList<>();
        try (Installation servers = Installation.start(out, clock)) {
            servers.configure(settings);
            if (wanted.contains("P4") || wanted.contains("P5")) {
                results.addAll(new StoreBench(servers, out, seconds).run());
            }
            if (wanted.contains("P1") || wanted.contains("P10")) {
                results.addAll(new AckBench(servers, out, seconds, !oursOnly)
                        .run(wanted.contains("P1"), wanted.contains("P10")));
            }
            if (wanted.contains("P2") || wanted.contains("P3")) {
                results.addAll(new WholePathBench(servers, out, seconds, !oursOnly).run(wanted.contains("P3")));
            }
            if (wanted.contains(HISTORY)) {
                results.addAll(new HistoryBench(servers, out, seconds).run());
            }
            if (wanted.contains(IDLE)) {
                results.addAll(new IdleBench(servers, out, clients(MANY)).run());
            }
            if (wanted.contains(STORM)) {
                results.addAll(new StormBench(servers, out, seconds, clients(MANY)).run());
            }
            if (wanted.contains(SLOW)) {
                results.addAll(new SlowReadersBench(servers, out, seconds, clients(FEWER)).run());
            }
            if (wanted.contains(SEARCH)) {
                results.addAll(new SearchBench(servers, out).run());
            }
            if (wanted.contains("P6")) {
                results.addAll(new FanOutBench(servers, out, seconds).oneByOne());
            }
            if (wanted.contains("P11")) {
                results.addAll(new DeliveryBench(servers, out, seconds).run());
            }
            if (wanted.contains("P7")) {
                results.addAll(new FanOutBench(servers, out, seconds).busy());
            }
        }
        out.printf("%n%s", Report.table(results));
        out.flush();
        if (json != null) {
            Path unused = Files.writeString(json, Report.json(circumstances, results));
        }
        return 0;
    }

    private int clients(int unlessSaid) {
        return clients > 0 ? clients : unlessSaid;
    }

    private Set<String> wanted() {
        Set<String> wanted = new TreeSet<>();
        for (String work : works) {
            String name = work.toUpperCase(Locale.ROOT);
            if (name.equals("ALL")) {
                wanted.addAll(KNOWN);
            } else if (KNOWN.contains(name) || LONG.contains(name)) {
                wanted.add(name);
            } else {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "There is no work '" + work + "'; known are P1 to P7, P9 to P13, P15, search and all");
            }
        }
        return wanted.isEmpty() ? KNOWN : wanted;
    }
}
