package dev.confab.testkit.simulation;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The two logs, and who of the workers has which part of the first. Nothing in it happens by itself: all of it is read
 * and written in steps of others.
 */
final class Broker {

    static final int PARTITIONS = 2;

    private final World world;
    private final List<Partition> partitions = new ArrayList<>();
    private boolean away;

    /** One part of both logs. */
    static final class Partition {
        private final CommandPartition name;
        private final List<Command> commands = new ArrayList<>();
        private final List<Publication> publications = new ArrayList<>();
        private OptionalLong committed = OptionalLong.empty();
        private @Nullable Worker owner;
        private int generation;

        Partition(int number) {
            name = new CommandPartition("commands", number);
        }

        CommandPartition name() {
            return name;
        }

        OptionalLong committed() {
            return committed;
        }

        long end() {
            return commands.size();
        }

        int generation() {
            return generation;
        }

        boolean belongsTo(Worker worker) {
            return owner == worker;
        }

        List<Publication> publications() {
            return publications;
        }

        CommandBatch read(long position, int most) {
            int to = (int) Math.min(commands.size(), position + most);
            List<CommandBatch.Entry> entries = new ArrayList<>();
            for (int offset = (int) position; offset < to; offset++) {
                entries.add(new CommandBatch.Logged(offset, commands.get(offset)));
            }
            return new CommandBatch(name, position, List.copyOf(entries), to);
        }

        /** Of a worker that lost it meanwhile, nothing is taken. The farthest place stays. */
        boolean commit(Worker worker, int asOf, long position) {
            boolean valid = owner == worker && generation == asOf;
            if (valid) {
                committed = OptionalLong.of(Math.max(position, committed.orElse(0)));
            }
            return valid;
        }

        private void give(@Nullable Worker worker) {
            if (owner != worker) {
                owner = worker;
                generation++;
            }
        }
    }

    Broker(World world) {
        this.world = world;
        for (int number = 0; number < PARTITIONS; number++) {
            partitions.add(new Partition(number));
        }
    }

    Partition partition(int number) {
        return partitions.get(number);
    }

    Partition partitionOf(RoomId roomId) {
        return partitions.get((int) Math.floorMod(roomId.value().getLeastSignificantBits(), (long) PARTITIONS));
    }

    boolean isAway() {
        return away;
    }

    void beAway(boolean now) {
        away = now;
    }

    void append(Command command) {
        Partition partition = partitionOf(command.roomId());
        partition.commands.add(command);
        world.judge().appended(command);
        world.story()
                .tell(() -> "    log " + partition.name.number() + " at " + (partition.end() - 1) + ": "
                        + Story.of(command));
    }

    void publish(Publication publication) {
        ChatEvent event = publication.event();
        Partition partition = partitionOf(event.roomId());
        partition.publications.add(publication);
        world.story().tell(() -> "    published at " + (partition.publications.size() - 1) + ": " + Story.of(event));
    }

    List<Command> commands() {
        return partitions.stream()
                .flatMap(partition -> partition.commands.stream())
                .toList();
    }

    /** Where the command log ends now, by partition. */
    List<Long> ends() {
        return partitions.stream().map(Partition::end).toList();
    }

    /** Whether workers have committed beyond that. */
    boolean isCommittedBeyond(List<Long> ends) {
        for (int number = 0; number < PARTITIONS; number++) {
            if (partitions.get(number).committed.orElse(0) > ends.get(number)) {
                return true;
            }
        }
        return false;
    }

    /** Shares the partitions anew among those who answer. */
    void share(List<Worker> workers, Choices choices) {
        List<Worker> able = workers.stream()
                .filter(worker -> worker.isWorking() && !worker.isFrozen())
                .toList();
        List<Worker> members =
                able.isEmpty() ? workers.stream().filter(Worker::isWorking).toList() : able;
        for (Partition partition : partitions) {
            partition.give(members.isEmpty() ? null : members.get(choices.pick(members.size())));
        }
        world.story()
                .tell(() -> "    partitions belong to "
                        + Arrays.toString(partitions.stream()
                                .map(partition -> partition.owner == null ? "nobody" : partition.owner.name())
                                .toArray()));
    }
}
