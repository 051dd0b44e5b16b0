package dev.confab.jdbi;

import dev.confab.chat.model.Epoch;
import dev.confab.chat.port.out.CommandPartition;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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
     * A restore is noticed by every partition for itself, but should change the epoch once. A partition that was in step
     * in the present life went back within it; of one that was not, and that this program followed ever since it was in
     * step in an earlier life, another has ended that life. In doubt the life is changed: one reset too many costs
     * clients a reload, one too few costs them messages.
     */
    private static final String CHANGE_LIFE =
            "update store_epoch set value = gen_random_uuid(), rotated_at = clock_timestamp()"
                    + " where :inDoubt or value = any(:livesInStep)";

    private final Map<CommandPartition, Map<Optional<UUID>, Long>> known = new ConcurrentHashMap<>();

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
     * Whether the store was restored from a copy.
     *
     * @param position a place that the log has reached
     */
    boolean isBehind(Locked locked, long position) {
        return locked.next() < position || locked.next() < knownEnd(locked);
    }

    private long knownEnd(Locked locked) {
        return knownOf(locked.partition()).getOrDefault(Optional.ofNullable(locked.inStepIn()), 0L);
    }

    private Map<Optional<UUID>, Long> knownOf(CommandPartition partition) {
        return known.getOrDefault(partition, Map.of());
    }

    /**
     * Notes that the store ends before the log does.
     *
     * @return to be {@linkplain #remember remembered}: a further restore may undo what is noted
     */
    Known behind(Handle handle, Locked locked, long position) {
        UUID inStepIn = locked.inStepIn();
        Map<Optional<UUID>, Long> lives = knownOf(locked.partition());
        boolean followed = inStepIn != null && lives.containsKey(Optional.of(inStepIn));
        Set<UUID> livesInStep =
                lives.keySet().stream().flatMap(Optional::stream).collect(Collectors.toSet());
        handle.createUpdate(CHANGE_LIFE)
                .bind("inDoubt", !followed)
                .bind("livesInStep", UuidArray.of(livesInStep, life -> life))
                .execute();
        handle.createUpdate("update partition_progress set epoch = (select value from store_epoch)"
                        + " where topic = ? and partition = ?")
                .bind(0, locked.partition().log())
                .bind(1, locked.partition().number())
                .execute();
        return new Known(locked.partition(), inStepIn, Math.max(position, knownEnd(locked)));
    }

    /** Moves the end of what is stored forward. */
    Advanced advance(Handle handle, Locked locked, long next) {
        return handle.createQuery("update partition_progress p set next_offset = greatest(p.next_offset, :next),"
                        + " epoch = e.value from store_epoch e where p.topic = :topic and p.partition = :partition"
                        + " returning " + EPOCH + ", p.epoch, p.next_offset")
                .bind("next", next)
                .bind("topic", locked.partition().log())
                .bind("partition", locked.partition().number())
                .map((row, context) -> new Advanced(
                        new Epoch(row.getString(1)),
                        new Known(locked.partition(), Columns.uuid(row, 2), row.getLong(3))))
                .one();
    }

    /**
     * What {@link #advance} did.
     *
     * @param epoch in which it was done
     */
    record Advanced(Epoch epoch, Known known) {}

    /**
     * That a partition was stored up to an offset in a life. No restore can undo that this program knows it.
     *
     * @param life null before the partition was first in step with the log
     */
    record Known(CommandPartition partition, @Nullable UUID life, long next) {}

    /** To be called after a commit. */
    void remember(Known fact) {
        known.computeIfAbsent(fact.partition(), partition -> new ConcurrentHashMap<>())
                .merge(Optional.ofNullable(fact.life()), fact.next(), Math::max);
    }

    /** Others may have stored the partition meanwhile, in lives of which this program knows nothing. */
    void forget(CommandPartition partition) {
        known.remove(partition);
    }
}
