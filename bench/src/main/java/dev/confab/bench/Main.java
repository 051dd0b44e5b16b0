package dev.confab.bench;

import java.time.Clock;
import picocli.CommandLine;

/** Where the measuring program begins; also the bare servers it measures against, which run as processes of their own. */
public final class Main {

    private Main() {}

    /** Runs the measurements that are asked for; exit code 0 when all were made, whatever they say. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchCommand(Clock.systemUTC()))
                .addSubcommand(new HistoryCheckCommand())
                .addSubcommand(new ExperimentCommand(Clock.systemUTC()))
                .execute(args));
    }
}
