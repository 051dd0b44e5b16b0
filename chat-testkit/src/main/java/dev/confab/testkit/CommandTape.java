package dev.confab.testkit;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a command log, made up: gives commands their offsets, and plays any part of itself again. Used by one
 * thread at a time; the batches are immutable.
 */
public final class CommandTape {

    private final CommandPartition partition;
    private final List<CommandBatch.Entry> entries = new ArrayList<>();

    /** An empty partition of a log of its own. */
    public CommandTape() {
        this(new CommandPartition("tape." + UUID.randomUUID(), 0));
    }

    /** An empty partition. */
    public CommandTape(CommandPartition partition) {
        this.partition = partition;
    }

    /** Which partition it is. */
    public CommandPartition partition() {
        return partition;
    }

    /** The offset that the next entry gets. */
    public long end() {
        return entries.size();
    }

    /** Appends commands and answers the batch of them alone. */
    public CommandBatch append(Command... commands) {
        return append(List.of(commands));
    }

    /** Appends commands and answers the batch of them alone. */
    public CommandBatch append(List<? extends Command> commands) {
        long from = end();
        for (Command command : commands) {
            entries.add(new CommandBatch.Logged(end(), command));
        }
        return play(from, end());
    }

    /** Appends a command that an operator put back from among the dead letters, and answers the batch of it alone. */
    public CommandBatch appendReplay(Command command) {
        entries.add(new CommandBatch.Logged(end(), command, true));
        return play(end() - 1, end());
    }

    /** Appends a record that nobody can read, and answers the batch of it alone. */
    public CommandBatch appendUnreadable(TraceId traceId) {
        return appendUnreadable(null, traceId);
    }

    /** The same of a record that says at least whose it is. */
    public CommandBatch appendUnreadable(@Nullable LetterAddressee addressee, TraceId traceId) {
        DeadLetter letter = new DeadLetter(
                partition,
                end(),
                LetterCause.UNREADABLE,
                addressee,
                null,
                "a2V5",
                "bm9uc2Vuc2U=",
                "no command in it",
                traceId);
        entries.add(new CommandBatch.Unreadable(end(), letter));
        return play(end() - 1, end());
    }

    /** The entries from one offset, inclusive, to another, exclusive. */
    public CommandBatch play(long from, long to) {
        return new CommandBatch(partition, from, List.copyOf(entries.subList((int) from, (int) to)), to);
    }

    /** The entries from an offset to the end. */
    public CommandBatch playFrom(long from) {
        return play(from, end());
    }

    /** The letter that parks a command of this tape. */
    public DeadLetter letter(long offset, String reason) {
        return switch (entries.get((int) offset)) {
            case CommandBatch.Logged logged -> DeadLetter.refused(partition, logged.offset(), logged.command(), reason);
            case CommandBatch.Unreadable(long at, DeadLetter letter) -> letter;
        };
    }
}
