package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.bootstrap.node.TraceTools;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.TraceMessage.Trace;
import dev.confab.chat.port.in.TraceMessage.Wanted;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells where a message has been. */
@Command(
        name = "trace",
        description = "Tells where a message has been: accepted, stored, published, parked, handed to sessions.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "  trace 7b0c5f0e-3a53-4d0e-9a55-0f6f5f1f8a01",
            "  trace 7b0c5f0e-3a53-4d0e-9a55-0f6f5f1f8a01 --room ROOM     much quicker where there is much",
            "",
            "The name is the clientMsgId of a send, or the commandId of an edit or deletion. The database says what",
            "became of it; without --room it reads through all messages. Then the logs are looked through, from --since",
            "on, or from five minutes before it was stored where that is earlier, at most --most records: where much is",
            "written, a --since such as 10m finds more of it. Gateways remember their last 32,768 deliveries.",
            "Needed settings: those of a worker (CONFAB_DB_*, CONFAB_KAFKA_BROKERS, CONFAB_REDIS_URL); without them it",
            "takes the servers of the `confab up` that runs on the data folder.",
            "Exit code: 0 when something is known of it, 1 when nothing is."
        })
final class TraceCommand implements Callable<Integer> {

    private static final long PROGRESS = 100_000;

    private final ConfigReader reader;
    private final Map<String, String> environment;

    @Parameters(index = "0", paramLabel = "NAME", description = "The clientMsgId or commandId.")
    private String name = "";

    @Option(names = "--room", paramLabel = "ROOM", description = "Only in that room.")
    private @Nullable String room;

    @Option(names = "--sender", paramLabel = "USER", description = "Only from that user.")
    private @Nullable String sender;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "1d",
            description = "From when on the logs are looked through: 2026-11-21T09:00:00Z, or 90m, 2h, 3d ago (1d).")
    private String since = "1d";

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "How many records of the logs are looked at at most (2000000).")
    private long most;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @CommandLine.Mixin
    private StoreAccess store = new StoreAccess();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    TraceCommand(ConfigReader reader, Map<String, String> environment) {
        this.reader = reader;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        CommandLine commandLine = spec.commandLine();
        if (most < 1) {
            throw new CommandLine.ParameterException(commandLine, "--most is 1 or more");
        }
        Instant from = LetterFilter.time(commandLine, since, Clock.systemUTC());
        Wanted wanted = new Wanted(
                parsed(name, ClientMessageId::parse, "name of a message, which is a UUID"),
                room == null ? null : parsed(room, RoomId::parse, "id of a room"),
                sender == null ? null : parsed(sender, UserId::parse, "id of a user"),
                from,
                most);
        PrintWriter err = commandLine.getErr();
        long[] told = {0};
        Trace trace;
        try (TraceTools tools = store.openTrace(reader, environment)) {
            trace = tools.traceMessage().trace(wanted, records -> {
                if (records / PROGRESS > told[0]) {
                    told[0] = records / PROGRESS;
                    err.println("  " + records + " records looked at");
                    err.flush();
                }
            });
        }
        PrintWriter out = commandLine.getOut();
        TraceText text = new TraceText(wanted.commandId(), trace);
        if (json) {
            out.println(LetterText.write(text.json()));
        } else {
            text.print(out);
        }
        out.flush();
        return text.isKnown() ? 0 : ConfabCommand.EXIT_FAILED;
    }

    private <T> T parsed(String text, Function<String, Optional<T>> parse, String what) {
        return parse.apply(text)
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(), "'" + LetterText.safe(text) + "' is no " + what));
    }
}
