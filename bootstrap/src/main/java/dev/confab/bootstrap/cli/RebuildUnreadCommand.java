package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.bootstrap.node.OperatorTools;
import dev.confab.chat.model.UnreadFinding;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Recounts what unread counts follow from, and says what it found. */
@Command(
        name = "rebuild-unread",
        description =
                "Recounts all unread counts out of the messages, puts right what is wrong, and says what it found.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The program itself never makes them wrong; this is for a store that was changed by hand or came back",
            "from a damaged copy. It may run beside everything else: a room's sends wait while it is recounted.",
            "Needed settings: CONFAB_DB_URL, CONFAB_DB_USER, CONFAB_DB_PASSWORD; without them it takes the",
            "database of the `confab up` that runs on the data folder.",
            "Exit code: 0 when all is right (by now), 1 when --check found something wrong."
        })
final class RebuildUnreadCommand implements Callable<Integer> {

    private static final int PROGRESS = 1_000;

    private final ConfigReader reader;
    private final Map<String, String> environment;

    @Option(names = "--check", description = "Only look, and change nothing.")
    private boolean checkOnly;

    @CommandLine.Mixin
    private StoreAccess store = new StoreAccess();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    RebuildUnreadCommand(ConfigReader reader, Map<String, String> environment) {
        this.reader = reader;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Count count = new Count(out);
        try (OperatorTools tools = store.open(reader, environment)) {
            tools.rebuildUnread().rebuild(!checkOnly, count::add);
        }
        out.println(count.summary(checkOnly));
        out.flush();
        return checkOnly && count.wrong > 0 ? ConfabCommand.EXIT_FAILED : 0;
    }

    private static final class Count {
        private final PrintWriter out;
        private long rooms;
        private long wrong;
        private long messages;
        private long markers;

        Count(PrintWriter out) {
            this.out = out;
        }

        void add(UnreadFinding finding) {
            rooms++;
            if (!finding.isRight()) {
                wrong++;
                messages += finding.messages();
                markers += finding.markers();
                out.println("  room " + finding.roomId() + ": wrong in " + count(finding.markers(), "marker") + ", "
                        + count(finding.messages(), "message") + (finding.head() ? " and the total" : ""));
                out.flush();
            }
            if (rooms % PROGRESS == 0) {
                out.println("  " + rooms + " rooms looked at");
                out.flush();
            }
        }

        String summary(boolean checkOnly) {
            if (wrong == 0) {
                return count(rooms, "room") + " looked at, all counts are right.";
            }
            return count(rooms, "room") + " looked at, " + wrong + " wrong (" + count(markers, "marker") + ", "
                    + count(messages, "message") + "). "
                    + (checkOnly ? "Nothing was changed." : "All counts are right now.");
        }

        private static String count(long number, String what) {
            return number + " " + what + (number == 1 ? "" : "s");
        }
    }
}
