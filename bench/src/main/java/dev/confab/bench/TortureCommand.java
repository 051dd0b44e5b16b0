package dev.confab.bench;

import dev.confab.bench.fault.FaultKind;
import dev.confab.bench.fault.Schedule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Breaks everything that can break while a load runs, and checks that nothing that was promised is broken. */
@Command(
        name = "torture",
        description = {
            "Breaks gateways, workers, Kafka, PostgreSQL, Redis and the network between them while people chat, heals all,"
                    + " and checks exactly what came of it: nothing lost, doubled, reordered, skipped, made up or unfinished.",
            "The seed of a round decides which faults happen when. Round N has the seed S + N - 1."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything held",
            "1:something did not; it is said where the history and the logs are",
            "2:a wrong option, or the servers did not start",
            "130:ended by Ctrl-C"
        },
        footer = {
            "",
            "Faults: kill (-9, started again after 0-3 s), stop (SIGSTOP for 1-15 s), restart (SIGTERM), cut (connections",
            "reset, nothing passes, answers are lost, or all is late; 0.5-8 s), restore (PostgreSQL is put back to a copy of",
            "1-5 s before), poison (records that nobody should have written, in every topic). One or two at a time.",
            "",
            "Examples:",
            "  ./confab torture                                       ten rounds, some three minutes",
            "  ./confab torture --rounds 500 --seed 1 --report torture.jsonl",
            "  ./confab torture --rounds 500 --seed 1 --first-round 212 --report torture.jsonl    goes on from there",
            "  ./confab torture --rounds 1 --seed 212                 round 212 once more",
            "  ./confab torture --schedule --rounds 20 --seed 1       says what would happen, and starts nothing",
            "  ./confab torture --faults kill,restore --seconds-per-round 20 --keep",
            "",
            "It starts servers of its own in a temporary folder, talks to loopback only, and ends what it started."
        })
final class TortureCommand implements Callable<Integer> {

    private static final int INTERRUPTED = 130;

    private final Clock clock;

    @Option(names = "--rounds", description = "The last round; default: ${DEFAULT-VALUE}.")
    private int rounds = 10;

    @Option(names = "--first-round", description = "Begin with this round; default: ${DEFAULT-VALUE}.")
    private int first = 1;

    @Option(names = "--seed", description = "Of the first round; default: one by chance, which is printed.")
    private @Nullable Long seed;

    @Option(
            names = "--seconds-per-round",
            description = "How long faults may last; a round lasts some seconds longer; default: ${DEFAULT-VALUE}.")
    private int seconds = 12;

    @Option(names = "--gateways", description = "Processes; default: ${DEFAULT-VALUE}.")
    private int gateways = 2;

    @Option(names = "--workers", description = "Processes; default: ${DEFAULT-VALUE}.")
    private int workers = 2;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "KIND",
            description = "Which kinds, with commas between; default: all of kill,stop,restart,cut,restore,poison.")
    private List<String> faults = new ArrayList<>();

    @Option(names = "--rate", description = "Messages a second; default: ${DEFAULT-VALUE}.")
    private double rate = 80;

    @Option(names = "--keep", description = "Keep the data, the logs and every history, and say where.")
    private boolean keep;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Append one line of JSON for each round to this file.")
    private @Nullable Path report;

    @Option(names = "--go-on", description = "Do not stop at the first round in which something did not hold.")
    private boolean goOn;

    @Option(names = "--schedule", description = "Only say what would happen.")
    private boolean scheduleOnly;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile @Nullable TortureRound current;

    TortureCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Schedule.Scope scope = scope();
        long base = seed == null ? new SecureRandom().nextInt(1_000_000_000) : seed;
        if (scheduleOnly) {
            for (int round = first; round <= rounds; round++) {
                out.printf("round %d seed %d: %s%n", round, base + round - 1, Schedule.of(base + round - 1, scope));
            }
            out.flush();
            return 0;
        }
        MachineInfo.read(
                        clock,
                        "./confab "
                                + String.join(
                                        " ", spec.commandLine().getParseResult().originalArgs()))
                .forEach((name, value) -> out.printf("%s: %s%n", name, value));
        out.printf("seed: %d%n", base);
        out.flush();
        Interruption.during(this::interrupted);
        try {
            return torture(scope, base, out);
        } finally {
            out.flush();
            Interruption.during(null);
            ended.countDown();
        }
    }

    private Schedule.Scope scope() {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (String name : faults) {
            try {
                kinds.add(FaultKind.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw wrong("there is no fault '" + name + "'; known are kill, stop, restart, cut, restore and poison");
            }
        }
        if (rounds < first || first < 1 || rounds > 1_000_000) {
            throw wrong("--rounds is --first-round or more, and that is 1 or more");
        }
        if (seconds < 5 || seconds > 300) {
            throw wrong("--seconds-per-round is 5 to 300");
        }
        if (gateways < 1 || gateways > 4 || workers < 1 || workers > 4) {
            throw wrong("--gateways and --workers are 1 to 4");
        }
        if (!(rate >= 1 && rate <= 2_000)) {
            throw wrong("--rate is 1 to 2000");
        }
        return new Schedule.Scope(seconds, kinds.isEmpty() ? EnumSet.allOf(FaultKind.class) : kinds, gateways, workers);
    }

    private CommandLine.ParameterException wrong(String problem) {
        return new CommandLine.ParameterException(spec.commandLine(), problem);
    }

    private int torture(Schedule.Scope scope, long base, PrintWriter out)
            throws IOException, InterruptedException, SQLException {
        Path folder = Files.createTempDirectory("confab-torture-");
        Recovery recovery = new Recovery();
        int broken = 0;
        int done = 0;
        try (TorturedServers servers = TorturedServers.start(gateways, workers, out, clock)) {
            if (keep) {
                servers.installation().keep();
            }
            for (int round = first; round <= rounds && !stopped && (goOn || broken == 0); round++) {
                TortureResult result;
                try {
                    result = run(servers, Schedule.of(base + round - 1, scope), folder);
                } catch (RuntimeException broke) {
                    servers.installation().keep();
                    out.printf(
                            "round %d, seed %d, could not be brought to its end; data and logs: %s, history: %s%n",
                            round, base + round - 1, servers.installation().folder(), folder);
                    throw broke;
                }
                done++;
                recovery.add(result);
                out.printf(Locale.ROOT, "round %d/%d seed %d: %s%n", round, rounds, base + round - 1, result.line());
                out.flush();
                if (report != null) {
                    Path unused = Files.writeString(
                            report, result.json(round), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
                if (!result.holds()) {
                    broken++;
                    tell(servers, result, folder, out);
                }
            }
            out.printf("%n%s", recovery.table());
            out.printf("%d rounds, %d of them with something that did not hold%n", done, broken);
            out.flush();
            if (keep) {
                out.printf("data and logs: %s%n", servers.installation().folder());
            }
        }
        if (keep || broken > 0) {
            out.printf("histories%s: %s%n", broken > 0 ? " and logs" : "", folder);
        } else {
            Files.delete(folder);
        }
        return stopped ? INTERRUPTED : broken > 0 ? 1 : 0;
    }

    private TortureResult run(TorturedServers servers, Schedule schedule, Path folder)
            throws IOException, InterruptedException {
        Path file = folder.resolve("seed-" + schedule.seed() + ".jsonl");
        LoadPlan plan = new LoadPlan(30, 12, 10, 5, gateways, workers, rate, 0, seconds, 0, 96, schedule.seed());
        TortureRound round = new TortureRound(servers, plan, schedule, file);
        current = round;
        if (stopped) {
            round.stop();
        }
        TortureResult result = round.run();
        current = null;
        if (result.holds() && !keep) {
            Files.delete(file);
        }
        return result;
    }

    /** What did not hold, beside its history and the logs as they are now. */
    private static void tell(TorturedServers servers, TortureResult result, Path folder, PrintWriter out)
            throws IOException {
        Path logs = folder.resolve("seed-" + result.schedule().seed() + "-logs");
        Files.createDirectories(logs);
        try (var files = Files.list(servers.logs())) {
            for (Path log : files.toList()) {
                Path unused = Files.copy(log, logs.resolve(log.getFileName()));
            }
        }
        Path unused = Files.writeString(logs.resolve("verdict.txt"), result.report(), StandardCharsets.UTF_8);
        out.printf("%s%nThe whole story: %s%n", firstLines(result.report(), 40), logs.resolve("verdict.txt"));
        out.printf("Repeat it with --rounds 1 --seed %d%n", result.schedule().seed());
        out.flush();
    }

    private static String firstLines(String text, int most) {
        return String.join("\n", text.lines().limit(most).toList());
    }

    /** On a signal: all is healed, what was sent is checked, and everything ends. */
    private int interrupted() {
        stopped = true;
        TortureRound running = current;
        if (running != null) {
            running.stop();
        }
        try {
            boolean unused = ended.await(5, TimeUnit.MINUTES);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
        return INTERRUPTED;
    }
}
