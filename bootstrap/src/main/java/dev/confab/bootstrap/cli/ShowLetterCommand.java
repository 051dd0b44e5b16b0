package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.bootstrap.node.DeadLetterTools;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.port.in.HandleDeadLetters.Entry;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one dead letter. */
@Command(
        name = "show",
        description = "Shows all that is known of one dead letter, with what is no text, or no harmless one, escaped.",
        mixinStandardHelpOptions = true)
final class ShowLetterCommand implements Callable<Integer> {

    private final ConfigReader reader;
    private final Map<String, String> environment;

    @Parameters(index = "0", paramLabel = "ID", description = "Its id, such as 0-17.")
    private String id = "";

    @Option(names = "--json", description = "One JSON document; the record's key and value are in base 64.")
    private boolean json;

    @Option(names = "--raw", description = "The bytes of the record's value and nothing else, for a file or a program.")
    private boolean raw;

    @CommandLine.Mixin
    private StoreAccess store = new StoreAccess();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    ShowLetterCommand(ConfigReader reader, Map<String, String> environment) {
        this.reader = reader;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        LetterId letterId = SettleLettersCommand.letterId(spec.commandLine(), id);
        PrintWriter out = spec.commandLine().getOut();
        Entry entry;
        try (DeadLetterTools tools = store.openDeadLetters(reader, environment)) {
            entry = tools.handleDeadLetters().find(letterId).orElse(null);
        }
        if (entry == null) {
            spec.commandLine().getErr().println("confab: there is no dead letter " + letterId + " (any more)");
            spec.commandLine().getErr().flush();
            return ConfabCommand.EXIT_FAILED;
        }
        if (raw) {
            System.out.write(LetterText.bytes(entry.letter().payload()));
            System.out.flush();
        } else if (json) {
            out.println(LetterText.write(LetterText.json(entry)
                    .put("key", entry.letter().key())
                    .put("value", entry.letter().payload())));
        } else {
            print(entry, out);
        }
        out.flush();
        return 0;
    }

    private static void print(Entry entry, PrintWriter out) {
        ParkedLetter letter = entry.letter();
        out.println("Dead letter " + letter.id() + ", " + LetterText.word(entry.state()));
        line(out, "parked at", LetterText.time(letter.parkedAt()));
        line(out, "cause", LetterText.word(letter.cause()));
        line(out, "reason", LetterText.safe(letter.reason()));
        line(out, "was at", LetterText.origin(letter));
        line(
                out,
                "trace id",
                letter.traceId().value().isEmpty()
                        ? "unknown"
                        : LetterText.safe(letter.traceId().value()));
        LetterAddressee whose = letter.addressee();
        if (whose != null) {
            line(out, "room", whose.roomId().toString());
            line(out, "sender", whose.senderId().toString());
            line(out, "command", whose.commandId().toString());
            if (whose.messageId() != null) {
                line(out, "changes", whose.messageId().toString());
            }
        }
        line(out, "key", letter.key() == null ? "(none)" : LetterText.content(LetterText.bytes(letter.key())));
        line(out, "value", LetterText.content(LetterText.bytes(letter.payload())));
        if (letter.cutFrom() > 0) {
            line(out, "incomplete", "it had " + letter.cutFrom() + " bytes; it cannot be put back");
        } else if (letter.origin() == null) {
            line(out, "incomplete", "it does not say where it was; it cannot be put back");
        }
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("  %-11s %s%n", name, value);
    }
}
