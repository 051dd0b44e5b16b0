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

    private static final String CHANGE_LIFE =
            "update store_epoch set value = gen_random_uuid(), rotated_at = clock_timestamp()"
                    + " where cast(:onlyIfStill as uuid) is null or value = :onlyIfStill";

    /** As this program last saw the partitions that it works on. */
    private final Map<CommandPartition, Locked> seen = new ConcurrentHashMap<>();

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

    /**
     * Whether the store was restored from a copy: the row has gone back, to an earlier place or to another life.
     *
     * @param position a place that the log has reached
     */
    boolean isBehind(Locked locked, long position) {
        return locked.next() < end(locked, position) || !isInLifeOf(seen.get(locked.partition()), locked.inStepIn());
    }

    private static boolean isInLifeOf(@Nullable Locked before, @Nullable UUID life) {
        return before == null || before.inStepIn() == null || before.inStepIn().equals(life);
    }

    /** Where the partition ended for all that is known. */
    long end(Locked locked, long position) {
        Locked before = seen.getOrDefault(locked.partition(), locked);
        return Math.max(position, before.next());
    }

    /**
     * Notes that the store ends before the log does. Every partition notices a restore for itself, but it should change
     * the epoch once: when the present life is not the one in which this program last saw the partition in step, and in
     * which it still is, another partition has noticed the same. In doubt the life is changed: one reset too many costs
     * clients a reload, one too few costs them messages.
     *
     * @return the row as it is now
     */
    Locked behind(Handle handle, Locked locked) {
        Locked before = seen.get(locked.partition());
        boolean isSameLife =
                before != null && before.inStepIn() != null && before.inStepIn().equals(locked.inStepIn());
        handle.createUpdate(CHANGE_LIFE)
                .bind("onlyIfStill", isSameLife ? locked.inStepIn() : null)
                .execute();
        return advance(handle, locked, locked.next()).row();
    }

    /** Moves the end of what is stored forward. */
    Advanced advance(Handle handle, Locked locked, long next) {
        return handle.createQuery("update partition_progress p set next_offset = greatest(p.next_offset, :next),"
                        + " epoch = e.value from store_epoch e where p.topic = :topic and p.partition = :partition"
                        + " returning " + EPOCH + ", p.next_offset, p.epoch")
                .bind("next", next)
                .bind("topic", locked.partition().log())
                .bind("partition", locked.partition().number())
                .map((row, context) -> new Advanced(
                        new Epoch(row.getString(1)),
                        new Locked(locked.partition(), row.getLong(2), Columns.uuid(row, 3))))
                .one();
    }

    /**
     * What {@link #advance} did.
     *
     * @param epoch in which it was done
     * @param row as it is now
     */
    record Advanced(Epoch epoch, Locked row) {}

    /** To be called after the commit of what was seen or done. */
    void remember(Locked row) {
        seen.put(row.partition(), row);
    }

    /** Others may have stored the partition meanwhile. */
    void forget(CommandPartition partition) {
        seen.remove(partition);
    }
}
