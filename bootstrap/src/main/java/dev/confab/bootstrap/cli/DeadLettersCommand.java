package dev.confab.bootstrap.cli;

import dev.confab.bootstrap.config.ConfigReader;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What operators do with dead letters. */
@Command(
        name = "dead-letters",
        description = "Shows records that were taken out of the way (dead letters), puts them back, or gives them up.",
        synopsisSubcommandLabel = "list|show|replay|discard",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "  dead-letters list                      what is open",
            "  dead-letters list --since 2h --reason schemaVersion",
            "  dead-letters show 0-17                 all that is known of one",
            "  dead-letters replay 0-17 0-18          puts records back where they were, as they were",
            "  dead-letters replay --all --reason schemaVersion --yes",
            "  dead-letters discard 0-17              gives one up; it stays readable until its time is over",
            "",
            "A record that is put back is worked on like any other: a command ends as stored or rejected in the place",
            "of parked, once, and its sender is told. What fails again is parked again, as another letter. Doing it",
            "twice does no harm. What became of the command of a discarded letter stays 'parked'.",
            "Needed settings: those of a worker (CONFAB_DB_*, CONFAB_KAFKA_BROKERS, CONFAB_REDIS_URL); without them it",
            "takes the servers of the `confab up` that runs on the data folder.",
            "Exit code: 0 when all was done, 1 when something could not be, 2 when nothing was tried."
        })
final class DeadLettersCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private DeadLettersCommand() {}

    static CommandLine with(ConfigReader reader, Map<String, String> environment) {
        return new CommandLine(new DeadLettersCommand())
                .addSubcommand(new ListLettersCommand(reader, environment))
                .addSubcommand(new ShowLetterCommand(reader, environment))
                .addSubcommand(
                        "replay", SettleLettersCommand.with(reader, environment, SettleLettersCommand.Act.REPLAY))
                .addSubcommand(
                        "discard", SettleLettersCommand.with(reader, environment, SettleLettersCommand.Act.DISCARD));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do: list, show, replay or discard");
    }
}
