package dev.confab.chat.inmemory;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SearchQuery;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.MessageSearch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Searches in memory. Calls never throw. */
final class InMemoryMessageSearch implements MessageSearch {

    private final InMemoryDatabase database;

    InMemoryMessageSearch(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Page<Message, MessageId> search(
            UserId userId, @Nullable RoomId roomId, SearchQuery query, @Nullable MessageId before, int limit) {
        return database.transaction(tables -> {
            Set<RoomId> mine = tables.roomsOf.getOrDefault(userId, Set.of());
            Collection<RoomId> rooms = roomId == null ? mine : mine.contains(roomId) ? Set.of(roomId) : Set.of();
            List<Message> found = new ArrayList<>();
            for (RoomId id : rooms) {
                InMemoryRoom room = tables.rooms.get(id);
                InMemorySearchIndex index = tables.searches.get(id);
                if (room != null && index != null) {
                    found.addAll(index.search(room, query, before, limit + 1));
                }
            }
            List<Message> newest = found.stream()
                    .sorted(Comparator.comparing(Message::id).reversed())
                    .limit(limit + 1L)
                    .map(tables::named)
                    .toList();
            return Page.of(newest, limit, Message::id);
        });
    }

    /** Room by room, so that a worker's own transactions come in between. */
    @Override
    public Set<RoomId> index(Collection<RoomId> roomIds) {
        for (RoomId roomId : roomIds) {
            database.run(tables -> {
                InMemoryRoom room = tables.rooms.get(roomId);
                if (room != null) {
                    tables.searches
                            .computeIfAbsent(roomId, ignored -> new InMemorySearchIndex())
                            .follow(room);
                }
            });
        }
        return Set.of();
    }

    @Override
    public List<RoomId> behind(int limit) {
        return database.transaction(tables -> tables.rooms.values().stream()
                .filter(room -> {
                    InMemorySearchIndex index = tables.searches.get(room.id());
                    return index == null ? room.lastSeq().value() > 0 : index.isBehind(room);
                })
                .map(InMemoryRoom::id)
                .limit(limit)
                .toList());
    }
}
