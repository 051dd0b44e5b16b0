package dev.confab.testkit;

import dev.confab.chat.model.Command;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.EventBus;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * A worker that keeps what it was handed, in the order in which it was done with it. Several may keep one
 * {@link Journal}. Safe on any thread.
 */
final class RecordingWorker implements EventBus.CommandConsumer {

    /** Where one or more workers write down what they did. */
    static final class Journal {
        private final List<CommandBatch> done = new CopyOnWriteArrayList<>();
        private final Map<CommandPartition, AtomicInteger> busy = new ConcurrentHashMap<>();
        private final List<CommandPartition> doublyWorkedOn = new CopyOnWriteArrayList<>();

        /** The batches that are done. */
        List<CommandBatch> batches() {
            return done;
        }

        /** The commands that are done, repeats too. */
        List<Command> commands() {
            return done.stream().flatMap(RecordingWorker::commandsOf).toList();
        }

        /** Partitions that two threads worked on at the same time. */
        List<CommandPartition> doublyWorkedOn() {
            return doublyWorkedOn;
        }
    }

    /** A partition that was given to the worker. */
    record Start(CommandPartition partition, OptionalLong committed) {}

    private final Journal journal;
    private final ToLongFunction<CommandBatch> work;
    private final List<Start> starts = new CopyOnWriteArrayList<>();
    private final List<CommandBatch> own = new CopyOnWriteArrayList<>();

    /** A worker that does nothing but keep what it is handed. */
    RecordingWorker() {
        this(new Journal(), CommandBatch::nextPosition);
    }

    /**
     * @param work done before the batch is written down
     */
    RecordingWorker(ToLongFunction<CommandBatch> work) {
        this(new Journal(), work);
    }

    RecordingWorker(Journal journal, ToLongFunction<CommandBatch> work) {
        this.journal = journal;
        this.work = work;
    }

    Journal journal() {
        return journal;
    }

    List<Start> starts() {
        return starts;
    }

    /** The batches that this worker did. */
    List<CommandBatch> batches() {
        return own;
    }

    @Override
    public long startAt(CommandPartition partition, OptionalLong committed) {
        starts.add(new Start(partition, committed));
        return committed.orElse(0);
    }

    @Override
    public long handle(CommandBatch batch) {
        AtomicInteger busy = journal.busy.computeIfAbsent(batch.partition(), partition -> new AtomicInteger());
        if (busy.incrementAndGet() > 1) {
            journal.doublyWorkedOn.add(batch.partition());
        }
        try {
            long next = work.applyAsLong(batch);
            own.add(batch);
            journal.done.add(batch);
            return next;
        } finally {
            busy.decrementAndGet();
        }
    }

    static Stream<Command> commandsOf(CommandBatch batch) {
        return batch.entries().stream()
                .filter(CommandBatch.Logged.class::isInstance)
                .map(entry -> ((CommandBatch.Logged) entry).command());
    }
}
