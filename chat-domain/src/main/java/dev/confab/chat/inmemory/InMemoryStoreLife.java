package dev.confab.chat.inmemory;

import dev.confab.chat.inmemory.InMemoryTables.Progress;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.port.out.CommandPartition;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one process knows of how far partitions were stored, which no restore can undo. Touched only inside
 * {@link InMemoryDatabase#transaction}.
 */
final class InMemoryStoreLife {

    /** By partition and the life in which it was in step with the log, null before the first. */
    private final Map<CommandPartition, Map<@Nullable Epoch, Long>> known = new HashMap<>();

    /** Whether the store was restored from a copy, given a place that the log has reached. */
    boolean isBehind(InMemoryTables tables, CommandPartition partition, long position) {
        Progress progress = tables.progressOf(partition);
        return progress.next() < position || progress.next() < knownEnd(partition, progress.inStepIn());
    }

    private long knownEnd(CommandPartition partition, @Nullable Epoch life) {
        return known.getOrDefault(partition, Collections.emptyMap()).getOrDefault(life, 0L);
    }

    /**
     * Notes that the store ends before the log does. Every partition notices a restore for itself, but it should change
     * the epoch once: a partition that was last in step in an earlier life, and that this process followed ever since,
     * looks at a restore that another has noticed.
     */
    void behind(InMemoryTables tables, CommandPartition partition, long position) {
        Progress progress = tables.progressOf(partition);
        boolean followed = progress.inStepIn() != null && wasInStepIn(partition, progress.inStepIn());
        boolean ended = followed && !wasInStepIn(partition, tables.epoch);
        remember(partition, progress.inStepIn(), position);
        if (!ended) {
            tables.epoch = InMemoryTables.freshEpoch();
        }
        tables.progress.put(partition, new Progress(progress.next(), tables.epoch));
    }

    private boolean wasInStepIn(CommandPartition partition, Epoch life) {
        return known.getOrDefault(partition, Collections.emptyMap()).containsKey(life);
    }

    void advance(InMemoryTables tables, CommandPartition partition, long next) {
        tables.progress.put(partition, tables.progressOf(partition).reaching(next, tables.epoch));
        remember(tables, partition);
    }

    void remember(InMemoryTables tables, CommandPartition partition) {
        Progress progress = tables.progressOf(partition);
        remember(partition, progress.inStepIn(), progress.next());
    }

    private void remember(CommandPartition partition, @Nullable Epoch life, long next) {
        known.computeIfAbsent(partition, ignored -> new HashMap<>()).merge(life, next, Math::max);
    }

    /** Others may have stored the partition meanwhile, in lives of which this process knows nothing. */
    void forget(CommandPartition partition) {
        known.remove(partition);
    }
}
