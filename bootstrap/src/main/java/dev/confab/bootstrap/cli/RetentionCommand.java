package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.bootstrap.node.OperatorTools;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RetentionRule;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.in.KeepMessages;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows and decides for how long single rooms keep their messages. */
@Command(
        name = "retention",
        description = "Shows which rooms keep their messages for another time than all others, or decides it for one.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "  retention ROOM 30d      messages older than 30 days are archived and deleted",
            "  retention ROOM forever  nothing is ever deleted",
            "  retention ROOM default  as all other rooms (CONFAB_RETENTION)",
            "",
            "Workers that have CONFAB_RETENTION_ARCHIVE_DIR follow the rules once an hour.",
            "Needed settings: CONFAB_DB_URL, CONFAB_DB_USER, CONFAB_DB_PASSWORD; without them it takes the",
            "database of the `confab up` that runs on the data folder."
        })
final class RetentionCommand implements Callable<Integer> {

    private final ConfigReader reader;
    private final Map<String, String> environment;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ROOM", description = "The id of a room.")
    private @Nullable String room;

    @Parameters(index = "1", arity = "0..1", paramLabel = "TIME", description = "Days such as 30d, forever or default.")
    private @Nullable String time;

    @CommandLine.Mixin
    private StoreAccess store = new StoreAccess();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    RetentionCommand(ConfigReader reader, Map<String, String> environment) {
        this.reader = reader;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        RoomId roomId = room == null ? null : roomId(room);
        String asked = time;
        if (roomId != null && asked == null) {
            throw wrong("say for how long: days such as 30d, forever or default");
        }
        RetentionRule rule = asked == null ? null : rule(asked);
        PrintWriter out = spec.commandLine().getOut();
        try (OperatorTools tools = store.open(reader, environment)) {
            if (roomId == null) {
                list(tools.keepMessages(), out);
            } else if (tools.keepMessages().keep(roomId, rule) instanceof Result.Refused) {
                throw new UnusableException("there is no room " + roomId);
            } else {
                out.println("Room " + roomId + ": " + (rule == null ? "as all others" : words(rule)));
            }
        }
        out.flush();
        return 0;
    }

    private static void list(KeepMessages keepMessages, PrintWriter out) {
        long[] count = {0};
        keepMessages.list(each -> {
            count[0]++;
            out.println(each.roomId() + "  " + words(each.rule()));
        });
        if (count[0] == 0) {
            out.println("No room has a rule of its own.");
        }
    }

    private static String words(RetentionRule rule) {
        return rule.isForever() ? "kept for ever" : "archived and deleted after " + rule.days() + " d";
    }

    private RoomId roomId(String text) {
        return RoomId.parse(text).orElseThrow(() -> wrong("'" + text + "' is no id of a room"));
    }

    /** Null for the default. */
    private @Nullable RetentionRule rule(String text) {
        if (text.equals("default")) {
            return null;
        }
        if (text.equals("forever")) {
            return RetentionRule.FOREVER;
        }
        if (text.matches("\\d{1,5}d")) {
            int days = Integer.parseInt(text.substring(0, text.length() - 1));
            if (days >= 1 && days <= RetentionRule.MOST_DAYS) {
                return new RetentionRule(days);
            }
        }
        throw wrong("'" + text + "' is no time: 1d to " + RetentionRule.MOST_DAYS + "d, forever or default");
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
