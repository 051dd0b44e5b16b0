package dev.confab.testkit.simulation;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
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
        private final List<CommandBatch.Entry> records = new ArrayList<>();
        private final Set<Long> parked = new HashSet<>();
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
            return records.size();
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
            int to = (int) Math.min(records.size(), position + most);
            return new CommandBatch(name, position, List.copyOf(records.subList((int) position, to)), to);
        }

        /** What nobody can read, and where it lies. */
        List<CommandBatch.Unreadable> unreadable() {
            return records.stream()
                    .filter(CommandBatch.Unreadable.class::isInstance)
                    .map(CommandBatch.Unreadable.class::cast)
                    .toList();
        }

        boolean isParked(long offset) {
            return parked.contains(offset);
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
        partition.records.add(new CommandBatch.Logged(partition.end(), command));
        world.judge().appended(command);
        world.story()
                .tell(() -> "    log " + partition.name.number() + " at " + (partition.end() - 1) + ": "
                        + Story.of(command));
    }

    /** A record that nobody can read comes into the log; all that can be told of it is whose it is, perhaps. */
    void appendUnreadable(Partition partition, @Nullable LetterAddressee whose) {
        long offset = partition.end();
        DeadLetter letter = new DeadLetter(
                partition.name,
                offset,
                LetterCause.UNREADABLE,
                whose,
                null,
                null,
                "",
                "simulated: no command",
                new TraceId("poison-" + partition.name.number() + "-" + offset));
        partition.records.add(new CommandBatch.Unreadable(offset, letter));
        world.story()
                .tell(() -> "    log " + partition.name.number() + " at " + offset + ": something unreadable"
                        + (whose == null ? "" : " of " + Story.of(whose.senderId())));
    }

    void park(DeadLetter letter) {
        Partition partition = partitions.get(letter.partition().number());
        partition.parked.add(letter.offset());
        world.story().tell(() -> "    parked: " + letter.offset() + " of partition " + partition.name.number());
    }

    List<Partition> partitions() {
        return partitions;
    }

    void publish(Publication publication) {
        ChatEvent event = publication.event();
        Partition partition = partitionOf(event.roomId());
        partition.publications.add(publication);
        world.story().tell(() -> "    published at " + (partition.publications.size() - 1) + ": " + Story.of(event));
    }

    List<Command> commands() {
        return partitions.stream()
                .flatMap(partition -> partition.records.stream())
                .filter(CommandBatch.Logged.class::isInstance)
                .map(record -> ((CommandBatch.Logged) record).command())
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
