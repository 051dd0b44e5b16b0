package dev.confab.chat.usecase;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.CommandRefusedException;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.MessageLog;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The worker: stores what was accepted, then publishes it, and only then lets the bus move on. Whatever is interrupted
 * in between is done again on redelivery, which stores nothing twice and publishes everything at least once (G5).
 */
final class PersistCommands implements EventBus.CommandConsumer {

    /** How often a command that the store refuses is tried alone before it is parked (G11). */
    private static final int TRIES = 3;

    private final EventBus bus;
    private final MessageLog log;
    private final StoringListener listener;

    PersistCommands(EventBus bus, MessageLog log, StoringListener listener) {
        this.bus = bus;
        this.log = log;
        this.listener = listener;
    }

    /** Never later than what the group committed: what lies between was stored, but perhaps not published. */
    @Override
    public long startAt(CommandPartition partition, OptionalLong committed) {
        long stored = log.nextPosition(partition, committed.orElse(0));
        return Math.min(stored, committed.orElse(0));
    }

    @Override
    public long idle(CommandPartition partition, long position) {
        return log.recheck(partition, position);
    }

    @Override
    public long handle(CommandBatch batch) {
        long position = batch.position();
        List<CommandBatch.Entry> readable = new ArrayList<>(batch.entries().size());
        for (CommandBatch.Entry entry : batch.entries()) {
            switch (entry) {
                case CommandBatch.Logged logged -> readable.add(logged);
                case CommandBatch.Unreadable unreadable -> {
                    long before = run(batch.partition(), position, readable, unreadable.offset());
                    if (before < unreadable.offset()) {
                        return before;
                    }
                    park(unreadable.letter(), readable.isEmpty() ? position : unreadable.offset());
                    readable = new ArrayList<>();
                    position = unreadable.offset() + 1;
                }
            }
        }
        return run(batch.partition(), position, readable, batch.nextPosition());
    }

    /** Stores and publishes a run of readable entries; returns where to read on. */
    private long run(CommandPartition partition, long position, List<CommandBatch.Entry> entries, long nextPosition) {
        if (entries.isEmpty()) {
            return nextPosition;
        }
        try {
            return storeAndPublish(new CommandBatch(partition, position, entries, nextPosition));
        } catch (CommandRefusedException refused) {
            return entries.size() == 1
                    ? parkRefused(partition, position, (CommandBatch.Logged) entries.getFirst(), nextPosition)
                    : oneByOne(partition, position, entries, nextPosition);
        }
    }

    private long storeAndPublish(CommandBatch batch) {
        List<Publication> published = List.of();
        listener.begun();
        try {
            return switch (log.store(batch)) {
                case MessageLog.Stored.Done done -> {
                    bus.publish(done.publications());
                    published = done.publications();
                    yield batch.nextPosition();
                }
                case MessageLog.Stored.Behind behind -> behind.nextPosition();
            };
        } finally {
            listener.ended(published);
        }
    }

    private long oneByOne(
            CommandPartition partition, long position, List<CommandBatch.Entry> entries, long nextPosition) {
        long at = position;
        for (int i = 0; i < entries.size(); i++) {
            boolean last = i == entries.size() - 1;
            long next = last ? nextPosition : entries.get(i).offset() + 1;
            long reached = alone(partition, at, (CommandBatch.Logged) entries.get(i), next);
            if (reached < next) {
                return reached;
            }
            at = next;
        }
        return nextPosition;
    }

    private long alone(CommandPartition partition, long position, CommandBatch.Logged entry, long nextPosition) {
        try {
            return storeAndPublish(new CommandBatch(partition, position, List.of(entry), nextPosition));
        } catch (CommandRefusedException refused) {
            return parkRefused(partition, position, entry, nextPosition);
        }
    }

    /** The command has failed once, alone. */
    private long parkRefused(CommandPartition partition, long position, CommandBatch.Logged entry, long nextPosition) {
        CommandRefusedException last = null;
        for (int failed = 1; failed < TRIES; failed++) {
            try {
                return storeAndPublish(new CommandBatch(partition, position, List.of(entry), nextPosition));
            } catch (CommandRefusedException refused) {
                last = refused;
            }
        }
        Command command = entry.command();
        String reason = last == null || last.getMessage() == null ? "refused by the store" : last.getMessage();
        park(DeadLetter.refused(partition, entry.offset(), command, reason), position);
        return nextPosition;
    }

    /** First into the dead-letter log, then out of the way: a crash in between parks it twice, and never not at all. */
    private void park(DeadLetter letter, long position) {
        bus.park(letter);
        List<Publication> told =
                log.recordParked(letter, position).map(List::of).orElse(List.of());
        if (!told.isEmpty()) {
            bus.publish(told);
        }
    }
}
