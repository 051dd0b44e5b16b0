package dev.confab.jdbi;

import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.LetterState;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.port.out.DeadLetterLog.Extent;
import dev.confab.chat.port.out.DeadLetterStates;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was done with dead letters, in PostgreSQL. Safe on any thread. */
final class JdbiDeadLetterStates implements DeadLetterStates {

    private static final String FIND = """
            select s.partition, s."offset", s.state, s.decided_at
            from unnest(:partitions, :offsets, :millis) as k (partition, "offset", millis)
            join dead_letter_states s on s.partition = k.partition and s."offset" = k."offset"
            where s.parked_at = to_timestamp(k.millis / 1000.0::float8)
            """;

    private static final String NOTE = """
            insert into dead_letter_states (partition, "offset", parked_at, state, decided_at)
            values (:partition, :offset, :parked, :state, :decided)
            on conflict (partition, "offset")
            do update set parked_at = excluded.parked_at, state = excluded.state, decided_at = excluded.decided_at
            """;

    private static final String COUNT = """
            select count(*)
            from unnest(:partitions, :firsts, :nexts) as k (partition, first, next)
            join dead_letter_states s on s.partition = k.partition and s."offset" >= k.first and s."offset" < k.next
            """;

    private final Database database;

    JdbiDeadLetterStates(Database database) {
        this.database = database;
    }

    private record Found(LetterId id, LetterState state) {}

    @Override
    public Map<LetterId, LetterState> of(Collection<ParkedLetter> letters) {
        Map<LetterId, LetterState> states = new HashMap<>();
        if (!letters.isEmpty()) {
            database.read(handle -> handle.createQuery(FIND)
                            .bind(
                                    "partitions",
                                    Columns.longs(letters, letter -> letter.id().partition()))
                            .bind(
                                    "offsets",
                                    Columns.longs(letters, letter -> letter.id().offset()))
                            .bind(
                                    "millis",
                                    Columns.longs(
                                            letters, letter -> letter.parkedAt().toEpochMilli()))
                            .map((row, context) -> new Found(
                                    new LetterId(row.getInt(1), row.getLong(2)),
                                    new LetterState(LetterState.Kind.valueOf(row.getString(3)), Columns.time(row, 4))))
                            .list())
                    .forEach(found -> states.put(found.id(), found.state()));
        }
        return states;
    }

    @Override
    public void note(ParkedLetter letter, LetterState state) {
        Instant parkedAt = letter.parkedAt();
        database.write(handle -> handle.createUpdate(NOTE)
                .bind("partition", letter.id().partition())
                .bind("offset", letter.id().offset())
                .bind("parked", Columns.time(parkedAt))
                .bind("state", state.kind().name())
                .bind("decided", Columns.time(state.at()))
                .execute());
    }

    @Override
    public long count(List<Extent> extents) {
        return database.read(handle -> handle.createQuery(COUNT)
                .bind("partitions", Columns.longs(extents, Extent::partition))
                .bind("firsts", Columns.longs(extents, Extent::first))
                .bind("nexts", Columns.longs(extents, Extent::next))
                .mapTo(Long.class)
                .one());
    }
}
