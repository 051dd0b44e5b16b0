package dev.confab.chat.inmemory;

import dev.confab.chat.model.Command;
import dev.confab.chat.port.out.CommandBacklog;
import dev.confab.chat.port.out.CommandBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How far the workers of an {@link InMemoryBroker} are behind. */
final class InMemoryCommandBacklog implements CommandBacklog {

    private final List<InMemoryPartition> partitions;
    private final Clock clock;

    InMemoryCommandBacklog(List<InMemoryPartition> partitions, Clock clock) {
        this.partitions = partitions;
        this.clock = clock;
    }

    @Override
    public Waiting measure() {
        long commands = 0;
        Duration oldest = Duration.ZERO;
        Instant now = clock.instant();
        for (InMemoryPartition partition : partitions) {
            List<CommandBatch.Entry> unfinished = partition.unfinished();
            commands += unfinished.size();
            if (!unfinished.isEmpty() && unfinished.getFirst() instanceof CommandBatch.Logged logged) {
                Duration age = Duration.between(acceptedAt(logged.command()), now);
                oldest = age.compareTo(oldest) > 0 ? age : oldest;
            }
        }
        return new Waiting(commands, oldest);
    }

    private static Instant acceptedAt(Command command) {
        return switch (command) {
            case Command.Post post -> post.acceptedAt();
            case Command.Announce announce -> announce.acceptedAt();
            case Command.Change change -> change.acceptedAt();
        };
    }
}
