package dev.confab.chat.inmemory;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.model.TraceStep;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandTrail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Where commands lie in an {@link InMemoryBroker}, as far as it holds on to them. It keeps no publications to look at. */
final class InMemoryCommandTrail implements CommandTrail {

    private final List<InMemoryPartition> partitions;

    InMemoryCommandTrail(List<InMemoryPartition> partitions) {
        this.partitions = partitions;
    }

    @Override
    public Trail find(Search search, LongConsumer progress) {
        List<TraceStep.InLog> steps = new ArrayList<>();
        long looked = 0;
        for (InMemoryPartition partition : partitions) {
            for (CommandBatch.Entry entry : partition.held()) {
                if (looked == search.most()) {
                    return new Trail(List.copyOf(steps), looked, false);
                }
                looked++;
                if (entry instanceof CommandBatch.Logged logged && isWanted(logged.command(), search)) {
                    steps.add(step(partition, logged));
                }
            }
        }
        progress.accept(looked);
        return new Trail(List.copyOf(steps), looked, true);
    }

    private static boolean isWanted(Command command, Search search) {
        return command.commandId().equals(search.commandId())
                && (search.roomId() == null || search.roomId().equals(command.roomId()))
                && !acceptedAt(command).isBefore(search.since());
    }

    private static TraceStep.Accepted step(InMemoryPartition partition, CommandBatch.Logged logged) {
        Command command = logged.command();
        return new TraceStep.Accepted(
                new ParkedLetter.Origin(partition.name().log(), partition.name().number(), logged.offset()),
                acceptedAt(command),
                command.roomId(),
                command.senderId(),
                command.traceId(),
                true,
                logged.replayed());
    }

    private static Instant acceptedAt(Command command) {
        return switch (command) {
            case Command.Post post -> post.acceptedAt();
            case Command.Announce announce -> announce.acceptedAt();
            case Command.Change change -> change.acceptedAt();
        };
    }
}
