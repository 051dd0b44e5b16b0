package dev.confab.bench;

import dev.confab.bench.history.HistoryChecker;
import dev.confab.bench.history.HistoryFile;
import dev.confab.bench.history.MalformedHistoryException;
import dev.confab.bench.history.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks histories that earlier runs wrote. */
@Command(
        name = "check",
        description =
                "Checks a history of operations: lost, duplicate, reordered, skipped, phantom, unfinished, diverged.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything held", "1:violations were found", "2:the file is no history, or a wrong option"},
        footer = {"", "Example:", "  ./confab bench check target/history.jsonl", "", "The format: docs/histories.md"})
final class HistoryCheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "What `./confab bench load --history FILE` wrote.")
    private Path file = Path.of("");

    @Option(names = "--quiet", description = "Say nothing where everything held.")
    private boolean quiet;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (!Files.isRegularFile(file)) {
            err.println("confab bench check: there is no file " + file);
            return 2;
        }
        try {
            Verdict verdict = HistoryChecker.check(new HistoryFile(file));
            if (!quiet || !verdict.holds()) {
                out.print(verdict.report());
                out.flush();
            }
            return verdict.holds() ? 0 : 1;
        } catch (MalformedHistoryException malformed) {
            err.println("confab bench check: " + file + ": " + malformed.getMessage());
            return 2;
        } catch (IOException unreadable) {
            err.println("confab bench check: cannot read " + file + ": " + unreadable.getMessage());
            return 2;
        }
    }
}
