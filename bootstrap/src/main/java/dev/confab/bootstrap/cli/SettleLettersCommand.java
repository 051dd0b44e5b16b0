package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.bootstrap.node.DeadLetterTools;
import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.port.in.HandleDeadLetters;
import dev.confab.chat.port.in.HandleDeadLetters.Handled;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts dead letters back, or gives them up. */
@Command(mixinStandardHelpOptions = true)
final class SettleLettersCommand implements Callable<Integer> {

    private static final int PROGRESS = 100;

    /** What is done with them. */
    enum Act {
        REPLAY("Puts records back where they were, as they were, to be worked on again."),
        DISCARD("Gives dead letters up: they are not listed any more, and stay readable until their time is over.");

        private final String description;

        Act(String description) {
            this.description = description;
        }
    }

    private final ConfigReader reader;
    private final Map<String, String> environment;
    private final Act act;

    @Parameters(paramLabel = "ID", description = "Ids, such as 0-17.")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "All that are open, or those of them that --since and --reason say.")
    private boolean all;

    @Option(names = "--yes", description = "With --all: does not ask before.")
    private boolean yes;

    @CommandLine.Mixin
    private LetterFilter filter = new LetterFilter();

    @CommandLine.Mixin
    private StoreAccess store = new StoreAccess();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    SettleLettersCommand(ConfigReader reader, Map<String, String> environment, Act act) {
        this.reader = reader;
        this.environment = environment;
        this.act = act;
    }

    /** The command of that act. */
    static CommandLine with(ConfigReader reader, Map<String, String> environment, Act act) {
        CommandLine commandLine = new CommandLine(new SettleLettersCommand(reader, environment, act));
        commandLine.getCommandSpec().usageMessage().description(act.description);
        return commandLine;
    }

    static LetterId letterId(CommandLine commandLine, String text) {
        return LetterId.parse(text)
                .orElseThrow(() -> new CommandLine.ParameterException(
                        commandLine, "'" + LetterText.safe(text) + "' is no id of a dead letter; they look like 0-17"));
    }

    @Override
    public Integer call() throws IOException {
        CommandLine commandLine = spec.commandLine();
        if (all == !ids.isEmpty() || (!all && filter.isSet())) {
            throw new CommandLine.ParameterException(
                    commandLine, "name letters by their ids, or say --all, perhaps with --since and --reason");
        }
        boolean ask = all && !yes;
        if (ask && !Terminal.isThere()) {
            throw new UnusableException("nobody is there to be asked; --all needs --yes here");
        }
        List<LetterId> named = ids.stream().map(id -> letterId(commandLine, id)).toList();
        HandleDeadLetters.Filter wanted = filter.read(commandLine, false);
        PrintWriter out = commandLine.getOut();
        try (DeadLetterTools tools = store.openDeadLetters(reader, environment)) {
            HandleDeadLetters letters = tools.handleDeadLetters();
            List<LetterId> chosen = all ? letters.ids(wanted) : named;
            if (chosen.isEmpty()) {
                out.println("No open dead letters" + (filter.isSet() ? " of that kind." : "."));
                out.flush();
                return 0;
            }
            String verb = act.name().toLowerCase(Locale.ROOT);
            if (ask && !Terminal.confirms(out, verb + " " + count(chosen.size()) + "?")) {
                out.println("Nothing was done.");
                out.flush();
                return 0;
            }
            return settle(letters, chosen, out);
        }
    }

    private int settle(HandleDeadLetters letters, List<LetterId> chosen, PrintWriter out) {
        int done = 0;
        int failed = 0;
        for (int i = 0; i < chosen.size(); i++) {
            LetterId id = chosen.get(i);
            Handled handled = act == Act.REPLAY ? letters.replay(id) : letters.discard(id);
            boolean fine = !(handled instanceof Handled.Incomplete) && !(handled instanceof Handled.Missing);
            failed += fine ? 0 : 1;
            done += handled instanceof Handled.Replayed || handled instanceof Handled.Discarded ? 1 : 0;
            if (!fine || chosen.size() <= PROGRESS) {
                out.println(id + ": " + words(handled));
            } else if ((i + 1) % PROGRESS == 0) {
                out.println("  " + (i + 1) + " of " + chosen.size());
            }
            out.flush();
        }
        if (chosen.size() > 1) {
            out.println(count(done)
                    + (act == Act.REPLAY ? " put back" : " discarded")
                    + (failed == 0 ? "." : ", " + failed + " not."));
            out.flush();
        }
        return failed == 0 ? 0 : ConfabCommand.EXIT_FAILED;
    }

    private static String words(Handled handled) {
        return switch (handled) {
            case Handled.Replayed(ParkedLetter letter, long offset) -> "put back at " + place(letter, offset);
            case Handled.Discarded discarded -> "discarded";
            case Handled.Before before -> "nothing to do, it was " + LetterText.word(before.state());
            case Handled.Incomplete(ParkedLetter letter) ->
                letter.cutFrom() > 0
                        ? "cannot be put back: only the beginning of its " + letter.cutFrom() + " bytes was kept"
                        : "cannot be put back: it does not say where it was, or comes from elsewhere";
            case Handled.Missing missing -> "there is no such dead letter (any more)";
        };
    }

    private static String place(ParkedLetter letter, long offset) {
        ParkedLetter.Origin origin = Objects.requireNonNull(letter.origin());
        return new ParkedLetter.Origin(origin.log(), origin.partition(), offset).toString();
    }

    private static String count(int letters) {
        return letters + (letters == 1 ? " dead letter" : " dead letters");
    }
}
