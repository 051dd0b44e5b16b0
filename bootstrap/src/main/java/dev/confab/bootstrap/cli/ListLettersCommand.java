package dev.confab.bootstrap.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.bootstrap.node.DeadLetterTools;
import dev.confab.chat.port.in.HandleDeadLetters;
import dev.confab.chat.port.in.HandleDeadLetters.Entry;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists dead letters, oldest first. */
@Command(
        name = "list",
        description = "Lists dead letters, oldest first: id, when it was parked, why, where it was, and the reason.",
        mixinStandardHelpOptions = true)
final class ListLettersCommand implements Callable<Integer> {

    private static final long PROGRESS = 100_000;

    private final ConfigReader reader;
    private final Map<String, String> environment;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many at most (50).")
    private int limit;

    @Option(names = "--settled", description = "Also those that were replayed or discarded.")
    private boolean settled;

    @Option(names = "--json", description = "One JSON document, with more of each.")
    private boolean json;

    @CommandLine.Mixin
    private LetterFilter filter = new LetterFilter();

    @CommandLine.Mixin
    private StoreAccess store = new StoreAccess();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    ListLettersCommand(ConfigReader reader, Map<String, String> environment) {
        this.reader = reader;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (limit < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--limit is 1 or more");
        }
        HandleDeadLetters.Filter wanted = filter.read(spec.commandLine(), settled);
        List<Entry> entries = new ArrayList<>();
        PrintWriter err = spec.commandLine().getErr();
        try (DeadLetterTools tools = store.openDeadLetters(reader, environment)) {
            tools.handleDeadLetters().list(wanted, new HandleDeadLetters.Listener() {
                private long told;

                @Override
                public boolean onLetter(Entry entry) {
                    entries.add(entry);
                    return entries.size() <= limit;
                }

                @Override
                public void onProgress(long letters) {
                    if (letters / PROGRESS > told) {
                        told = letters / PROGRESS;
                        err.println("  " + letters + " letters looked at");
                        err.flush();
                    }
                }
            });
        }
        boolean more = entries.size() > limit;
        print(more ? entries.subList(0, limit) : entries, more);
        return 0;
    }

    private void print(List<Entry> entries, boolean more) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode page = LetterText.JSON.createObjectNode();
            ArrayNode items = page.putArray("items");
            entries.forEach(entry -> items.add(LetterText.json(entry)));
            page.put("hasMore", more);
            out.println(LetterText.write(page));
        } else if (entries.isEmpty()) {
            out.println(filter.isSet() || settled ? "No such dead letters." : "No open dead letters.");
        } else {
            for (Entry entry : entries) {
                out.printf(
                        "%-8s  %s  %-11s  %s  %s%s%n",
                        entry.letter().id(),
                        LetterText.time(entry.letter().parkedAt()),
                        LetterText.word(entry.letter().cause()),
                        LetterText.origin(entry.letter()),
                        LetterText.safe(entry.letter().reason()),
                        entry.state() == null ? "" : "  (" + LetterText.word(entry.state()) + ")");
            }
            if (more) {
                out.println("There are more than " + limit + "; --limit shows more.");
            }
        }
        out.flush();
    }
}
