package dev.confab.chat.inmemory;

import dev.confab.chat.inmemory.InMemoryTables.Progress;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.port.out.CommandPartition;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one process last saw the partitions that it works on. A row that has gone back, to an earlier place or to another
 * life, was restored from a copy. Touched only inside {@link InMemoryDatabase#transaction}.
 */
final class InMemoryStoreLife {

    private final Map<CommandPartition, Progress> seen = new HashMap<>();

    /** Whether the store was restored from a copy, given a place that the log has reached. */
    boolean isBehind(InMemoryTables tables, CommandPartition partition, long position) {
        Progress present = tables.progressOf(partition);
        Progress before = seen.getOrDefault(partition, present);
        return present.next() < position || present.next() < before.next() || !isInLifeOf(before, present.inStepIn());
    }

    private static boolean isInLifeOf(Progress before, @Nullable Epoch life) {
        return before.inStepIn() == null || before.inStepIn().equals(life);
    }

    /**
     * Notes that the store ends before the log does. Every partition notices a restore for itself, but it should change
     * the epoch once: when the present life is not the one in which this process last saw the partition in step, and in
     * which it still is, another partition has noticed the same.
     */
    void behind(InMemoryTables tables, CommandPartition partition) {
        Progress present = tables.progressOf(partition);
        Progress before = seen.get(partition);
        boolean isNoticed = before != null
                && present.inStepIn() != null
                && present.inStepIn().equals(before.inStepIn())
                && !present.inStepIn().equals(tables.epoch);
        if (!isNoticed) {
            tables.epoch = InMemoryTables.freshEpoch();
        }
        write(tables, partition, new Progress(present.next(), tables.epoch));
    }

    void advance(InMemoryTables tables, CommandPartition partition, long next) {
        write(tables, partition, tables.progressOf(partition).reaching(next, tables.epoch));
    }

    private void write(InMemoryTables tables, CommandPartition partition, Progress progress) {
        tables.progress.put(partition, progress);
        seen.put(partition, progress);
    }

    void look(InMemoryTables tables, CommandPartition partition) {
        seen.put(partition, tables.progressOf(partition));
    }

    /** Others may have stored the partition meanwhile. */
    void forget(CommandPartition partition) {
        seen.remove(partition);
    }
}
