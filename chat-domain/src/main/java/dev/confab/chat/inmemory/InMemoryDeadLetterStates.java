package dev.confab.chat.inmemory;

import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.LetterState;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.port.out.DeadLetterLog.Extent;
import dev.confab.chat.port.out.DeadLetterStates;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was done with dead letters, in memory. */
final class InMemoryDeadLetterStates implements DeadLetterStates {

    private final InMemoryDatabase database;

    InMemoryDeadLetterStates(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<LetterId, LetterState> of(Collection<ParkedLetter> letters) {
        return database.transaction(tables -> {
            Map<LetterId, LetterState> found = new HashMap<>();
            for (ParkedLetter letter : letters) {
                InMemoryTables.Settled settled = tables.settledLetters.get(letter.id());
                if (settled != null && settled.parkedAt().equals(letter.parkedAt())) {
                    found.put(letter.id(), settled.state());
                }
            }
            return found;
        });
    }

    @Override
    public void note(ParkedLetter letter, LetterState state) {
        database.run(
                tables -> tables.settledLetters.put(letter.id(), new InMemoryTables.Settled(letter.parkedAt(), state)));
    }

    @Override
    public long count(List<Extent> extents) {
        return database.transaction(tables -> tables.settledLetters.keySet().stream()
                .filter(id -> extents.stream().anyMatch(extent -> isIn(extent, id)))
                .count());
    }

    private static boolean isIn(Extent extent, LetterId id) {
        return id.partition() == extent.partition() && id.offset() >= extent.first() && id.offset() < extent.next();
    }
}
