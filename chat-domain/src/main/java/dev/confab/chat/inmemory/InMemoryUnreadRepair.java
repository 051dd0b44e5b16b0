package dev.confab.chat.inmemory;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UnreadFinding;
import dev.confab.chat.port.out.UnreadRepair;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recounts what unread counts follow from, in memory, where only the program itself can have made it wrong. */
final class InMemoryUnreadRepair implements UnreadRepair {

    private final InMemoryDatabase database;

    InMemoryUnreadRepair(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Page<UnreadFinding, RoomId> check(@Nullable RoomId after, int limit, boolean repair) {
        return database.transaction(tables -> {
            List<UnreadFinding> findings = tables.rooms.values().stream()
                    .filter(room -> after == null || room.id().toString().compareTo(after.toString()) > 0)
                    .sorted(Comparator.comparing(room -> room.id().toString()))
                    .limit(limit + 1L)
                    .map(room -> room.recount(repair))
                    .toList();
            return Page.of(findings, limit, UnreadFinding::roomId);
        });
    }
}
