package dev.confab.jdbi;

import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.RetentionRule;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.port.out.MessageRetention;
import dev.confab.chat.timeline.PurgeLimit;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deletes old parts of timelines in PostgreSQL. Safe on any thread. */
final class JdbiMessageRetention implements MessageRetention {

    /** Places that go in one transaction, under one lock of the room. */
    private static final int MOST = 2_000;

    /** Names the lock of whoever is at it. */
    private static final long ALONE = 0x636F6E6661620008L;

    private static final String DUE = """
            select r.id from rooms r
            cross join lateral (
                select m.id from messages m where m.room_id = r.id order by m.seq limit 1) first
            where first.id < :before and r.retention_days is null and (cast(:after as uuid) is null or r.id > :after)
            order by r.id limit :limit
            """;

    /** What is gone, and the place before the first event that is not old. */
    private static final String OLD = """
            select r.purged_seq, least(
                r.last_seq,
                (select m.seq - 1 from messages m where m.room_id = r.id and m.id >= :before order by m.id limit 1),
                (select min(c.seq) - 1 from message_changes c where c.room_id = r.id and c.changed_at >= :time))
            from rooms r where r.id = :room
            """;

    private static final String CHANGES = """
            select m.seq, c.seq from message_changes c
            join messages m on m.room_id = c.room_id and m.id = c.message_id
            where c.room_id = :room and m.seq <= :old
            """;

    private static final String RULES = """
            select id, retention_days from rooms
            where retention_days is not null and (cast(:after as uuid) is null or id > :after)
            order by id limit :limit
            """;

    private static final String RULE = "update rooms set retention_days = cast(:days as integer) where id = :room";

    private final Database database;
    private final Clock clock;

    JdbiMessageRetention(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The first id that may be given out at a moment. */
    private static MessageId first(Instant moment) {
        return new MessageId(moment.toEpochMilli() << 16, 0);
    }

    @Override
    public Page<RoomId, RoomId> due(Instant before, @Nullable RoomId after, int limit) {
        List<RoomId> rooms = database.read(handle -> handle.createQuery(DUE)
                .bind("before", Columns.uuid(first(before)))
                .bind("after", after == null ? null : after.value())
                .bind("limit", limit + 1)
                .map((row, context) -> new RoomId(Columns.uuid(row, 1)))
                .list());
        return Page.of(rooms, limit, roomId -> roomId);
    }

    @Override
    public Page<RetentionRule.OfRoom, RoomId> rules(@Nullable RoomId after, int limit) {
        List<RetentionRule.OfRoom> rules = database.read(handle -> handle.createQuery(RULES)
                .bind("after", after == null ? null : after.value())
                .bind("limit", limit + 1)
                .map((row, context) ->
                        new RetentionRule.OfRoom(new RoomId(Columns.uuid(row, 1)), new RetentionRule(row.getInt(2))))
                .list());
        return Page.of(rules, limit, RetentionRule.OfRoom::roomId);
    }

    @Override
    public boolean rule(RoomId roomId, @Nullable RetentionRule rule) {
        return database.write(handle -> handle.createUpdate(RULE)
                        .bind("room", roomId.value())
                        .bind("days", rule == null ? null : rule.days())
                        .execute())
                > 0;
    }

    private record Reach(long purged, long old) {}

    @Override
    public Optional<Part> next(RoomId roomId, Instant before) {
        return database.write(handle -> {
            Optional<Reach> found = handle.createQuery(OLD)
                    .bind("room", roomId.value())
                    .bind("before", Columns.uuid(first(before)))
                    .bind("time", Columns.time(before))
                    .map((row, context) -> new Reach(row.getLong(1), row.getLong(2)))
                    .findOne();
            if (found.isEmpty() || found.get().old() <= found.get().purged()) {
                return Optional.empty();
            }
            Reach reach = found.get();
            List<PurgeLimit.Change> changes = handle.createQuery(CHANGES)
                    .bind("room", roomId.value())
                    .bind("old", reach.old())
                    .map((row, context) -> new PurgeLimit.Change(row.getLong(1), row.getLong(2)))
                    .list();
            long end = PurgeLimit.of(reach.purged(), reach.old(), MOST, changes);
            return end > reach.purged()
                    ? Optional.of(new Part(new Sequence(reach.purged()), new Sequence(end)))
                    : Optional.empty();
        });
    }

    @Override
    public boolean purge(RoomId roomId, Part part) {
        return database.write(handle -> new PurgingTransaction(handle, clock.instant()).purge(roomId, part));
    }

    @Override
    public boolean alone(Runnable work) {
        return database.read(handle -> {
            boolean mine = handle.createQuery("select pg_try_advisory_lock(?)")
                    .bind(0, ALONE)
                    .mapTo(Boolean.class)
                    .one();
            if (mine) {
                try {
                    work.run();
                } finally {
                    boolean unused = handle.createQuery("select pg_advisory_unlock(?)")
                            .bind(0, ALONE)
                            .mapTo(Boolean.class)
                            .one();
                }
            }
            return mine;
        });
    }
}
