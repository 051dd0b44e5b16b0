package dev.confab.jdbi;

import dev.confab.chat.model.Epoch;
import dev.confab.chat.port.out.CommandPartition;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How far each partition was stored, and which life of the store this is. A store that ends before the log says it
 * should was restored from a copy, or made anew while the log went on: its life is another one then.
 *
 * <p>Safe on any thread.
 */
final class StoreLife {

    /**
     * A stored uuid, which this program changes when it finds the store behind the log, and the server's own identity:
     * the cluster, and its timeline, which changes with each failover. The timeline is taken from the WAL's position
     * because the control file learns of it only with the next checkpoint.
     */
    private static final String EPOCH = "e.value || '.' || (select system_identifier from pg_control_system())"
            + " || '.' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)";

    /**
     * A restore is noticed by every partition for itself, but should change the epoch once. A partition that was last
     * in step in an earlier life, when the life changed a moment ago, looks at the same restore as the one that changed
     * it. In doubt it changes: one reset too many costs clients a reload, one too few costs them messages.
     */
    private static final String CHANGE_LIFE = """
            update store_epoch set value = gen_random_uuid(), rotated_at = clock_timestamp()
            where cast(:inStepIn as uuid) is null or value = :inStepIn
               or rotated_at is null or rotated_at < clock_timestamp() - interval '60 seconds'
            """;

    /** Where this program saw each partition end, which no restore can undo. */
    private final Map<CommandPartition, Long> seen = new ConcurrentHashMap<>();

    /** Reads the present epoch. */
    Epoch epoch(Handle handle) {
        return handle.createQuery("select " + EPOCH + " from store_epoch e")
                .map((row, context) -> new Epoch(row.getString(1)))
                .one();
    }

    /** Locks a partition until the transaction ends: one transaction at a time stores it, whoever runs it (zombies too). */
    Locked lock(Handle handle, CommandPartition partition) {
        return select(handle, partition).orElseGet(() -> {
            handle.createUpdate("insert into partition_progress (topic, partition, next_offset) values (?, ?, 0)"
                            + " on conflict do nothing")
                    .bind(0, partition.log())
                    .bind(1, partition.number())
                    .execute();
            return select(handle, partition).orElseThrow();
        });
    }

    /**
     * A locked partition.
     *
     * @param next the first offset that is not stored
     * @param inStepIn the life in which it was last in step with the log; null when it never was
     */
    record Locked(
            CommandPartition partition, long next, @Nullable UUID inStepIn) {}

    private static Optional<Locked> select(Handle handle, CommandPartition partition) {
        return handle.createQuery("select next_offset, epoch from partition_progress"
                        + " where topic = ? and partition = ? for update")
                .bind(0, partition.log())
                .bind(1, partition.number())
                .map((row, context) -> new Locked(partition, row.getLong(1), Columns.nullableUuid(row, 2)))
                .findOne();
    }

    /** Notes that the store ends before the log does. */
    void behind(Handle handle, Locked locked) {
        handle.createUpdate(CHANGE_LIFE).bind("inStepIn", locked.inStepIn()).execute();
        handle.createUpdate("update partition_progress set epoch = (select value from store_epoch)"
                        + " where topic = ? and partition = ?")
                .bind(0, locked.partition().log())
                .bind(1, locked.partition().number())
                .execute();
    }

    /** Moves the end of what is stored forward, and answers the epoch in which that was done. */
    Epoch advance(Handle handle, Locked locked, long next) {
        return handle.createQuery("update partition_progress p set next_offset = greatest(p.next_offset, :next),"
                        + " epoch = e.value from store_epoch e where p.topic = :topic and p.partition = :partition"
                        + " returning " + EPOCH)
                .bind("next", next)
                .bind("topic", locked.partition().log())
                .bind("partition", locked.partition().number())
                .map((row, context) -> new Epoch(row.getString(1)))
                .one();
    }

    /** Remembers, after a commit, where a partition ended. */
    void remember(CommandPartition partition, long next) {
        seen.put(partition, next);
    }

    /** Whether the store was restored since {@link #remember} was last told about the partition. */
    boolean lostSomethingOf(Locked locked) {
        return locked.next() < seen.getOrDefault(locked.partition(), 0L);
    }
}
