package dev.confab.bench;

import dev.confab.bench.history.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes load and checks exactly what came of it. */
@Command(
        name = "load",
        description = {
            "Makes load on real servers, open loop, and checks exactly what came of it: every accepted message at every"
                    + " member once, in order, equal to the history.",
            "Latencies count from the moment a message was due. Ctrl-C ends the sending; what was sent is still checked."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything held", "1:violations were found", "2:a wrong option, or the servers did not start"
        },
        footer = {
            "",
            "Examples:",
            "  ./confab bench load                                    about 30 s of it",
            "  ./confab bench load --rate 2000 --seconds 60 --chart load.svg --json load.json",
            "  ./confab bench load --find-max --p99 200               the highest rate whose p99 stays below 200 ms",
            "  ./confab bench load --users 1000 --rooms 1 --members 1000 --messages 100 --gateways 2 --workers 2",
            "  ./confab bench load --users 1000 --rooms 1 --members 1000 --messages 100 --gateways 2 --workers 2"
                    + " --kill-in-between",
            "",
            "It starts PostgreSQL, Redis, Kafka, gateways and workers of its own unless there is a --url, talks to loopback"
                    + " only, and ends what it started."
        })
final class LoadCommand implements Callable<Integer> {

    /** Of a run with a given number of messages and no rate. */
    private static final double SECONDS_OF_MESSAGES = 10;

    private static final double USUAL_RATE = 200;

    private final Clock clock;

    @Option(names = "--users", description = "People, each with one connection; default: ${DEFAULT-VALUE}.")
    private int users = 200;

    @Option(names = "--rooms", description = "Default: ${DEFAULT-VALUE}.")
    private int rooms = 20;

    @Option(names = "--members", description = "Of each room, out of the users in turns; default: ${DEFAULT-VALUE}.")
    private int members = 10;

    @Option(names = "--senders", description = "How many members of each room send; default: 10, or all if fewer.")
    private int senders;

    @Option(names = "--gateways", description = "Processes; default: ${DEFAULT-VALUE}.")
    private int gateways = 2;

    @Option(names = "--workers", description = "Processes; default: ${DEFAULT-VALUE}.")
    private int workers = 1;

    @Option(names = "--rate", description = "Messages a second, all rooms together; default: 200.")
    private double rate;

    @Option(
            names = "--seconds",
            description = "How long is sent after the warm-up, or each rate is tried; default: 20, or 8.")
    private int seconds;

    @Option(names = "--messages", description = "Send that many instead, within 10 s unless there is a --rate.")
    private long messages;

    @Option(
            names = "--warm-up",
            description = "Seconds before latencies count; default: 5, with --messages 0, with --find-max 20.")
    private int warmUp = -1;

    @Option(names = "--size", description = "Characters of a content; default: ${DEFAULT-VALUE}.")
    private int size = 128;

    @Option(names = "--find-max", description = "Look for the highest rate that holds, beginning with --rate.")
    private boolean findMax;

    @Option(
            names = "--p99",
            description = "With --find-max: ms within which 99 %% are delivered; default: ${DEFAULT-VALUE}.")
    private double bound = 500;

    @Option(names = "--kill-in-between", description = "kill -9 of a gateway and a worker after half of the messages.")
    private boolean kill;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Use a server that runs on this machine, such as ws://localhost:8080/ws, and start none.")
    private @Nullable URI url;

    @Option(names = "--history", paramLabel = "FILE", description = "Keep the history of operations in this file.")
    private @Nullable Path history;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the report to this file.")
    private @Nullable Path json;

    @Option(names = "--chart", paramLabel = "FILE.svg", description = "Draw latency over time.")
    private @Nullable Path chart;

    @Option(names = "--seed", description = "Of the clients' delays when they come back; default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int code = 2;

    LoadCommand(Clock clock) {
        this.clock = clock;
    }

    private LoadPlan plan() {
        double wanted = rate > 0 ? rate : messages > 0 ? Math.max(0.1, messages / SECONDS_OF_MESSAGES) : USUAL_RATE;
        LoadPlan plan = new LoadPlan(
                users,
                rooms,
                members,
                senders == 0 ? Math.min(10, members) : senders,
                gateways,
                workers,
                wanted,
                messages,
                seconds != 0 ? seconds : findMax ? 8 : 20,
                warmUp >= 0 ? warmUp : findMax ? 20 : messages > 0 ? 0 : 5,
                size,
                seed);
        String problem = plan.problem();
        if (problem.isEmpty() && kill && (gateways < 2 || workers < 2 || findMax)) {
            problem = "--kill-in-between needs two gateways and two workers, and no --find-max";
        }
        if (problem.isEmpty() && url != null) {
            problem = kill ? "--kill-in-between needs servers of its own" : Guests.problem(url);
        }
        if (!problem.isEmpty()) {
            throw new CommandLine.ParameterException(spec.commandLine(), problem);
        }
        return plan;
    }

    @Override
    public Integer call() throws Exception {
        LoadPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        String command = "./confab bench "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
        Map<String, String> circumstances = MachineInfo.read(clock, command);
        circumstances.forEach((name, value) -> out.printf("%s: %s%n", name, value));
        out.println(plan);
        Path file = history == null ? Files.createTempFile("confab-history-", ".jsonl") : history;
        try {
            URI server = url;
            if (server == null) {
                try (LoadServers servers = LoadServers.start(plan, out, clock);
                        LoadRun run = LoadRun.open(
                                plan, servers.addresses(), servers.rooms(), servers.people(), file, out, clock)) {
                    Interruption.during(() -> stop(run));
                    run(run, plan, circumstances, file, kill ? () -> kill(run, servers) : null);
                }
            } else {
                try (Guests guests = Guests.arrive(server, plan, out);
                        LoadRun run = LoadRun.open(
                                plan, List.of(server), guests.rooms(), guests.people(), file, out, clock)) {
                    Interruption.during(() -> stop(run));
                    run(run, plan, circumstances, file, null);
                }
            }
        } finally {
            out.flush();
            Interruption.during(null);
            ended.countDown();
        }
        return code;
    }

    private void run(
            LoadRun run,
            LoadPlan plan,
            Map<String, String> circumstances,
            Path file,
            LoadRun.@Nullable Mischief mischief)
            throws InterruptedException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        run.connect();
        double maximum = 0;
        if (findMax) {
            maximum = findMaximum(run, out);
        } else {
            run.send(mischief);
        }
        Verdict verdict = run.end();
        LoadReport report = new LoadReport(circumstances, plan, run.meter(), verdict, maximum);
        out.printf("%n%s", report.text());
        out.flush();
        write(report);
        code = verdict.holds() ? 0 : 1;
        if (history == null && verdict.holds()) {
            Files.delete(file);
        } else {
            out.printf("The history is in %s%n", file);
        }
    }

    private static void kill(LoadRun run, LoadServers servers) throws InterruptedException {
        run.fault("kill -9 of a gateway and a worker");
        servers.killOneOfEach();
    }

    private double findMaximum(LoadRun run, PrintWriter out) throws InterruptedException {
        double found = run.findMaximum(bound);
        out.printf("  the highest rate that held: %s messages/s%n", Report.figure(found));
        return found;
    }

    private void write(LoadReport report) throws IOException {
        if (json != null) {
            Path unused = Files.writeString(json, report.json());
        }
        if (chart != null) {
            Path unused = Files.writeString(
                    chart,
                    LatencyChart.svg(report.plan().toString(), report.meter().seconds()));
        }
    }

    /** On a signal: nothing more is sent, and what was sent is checked before the program ends. */
    private int stop(LoadRun run) {
        run.stop();
        try {
            boolean unused = ended.await(5, TimeUnit.MINUTES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return code;
    }
}
