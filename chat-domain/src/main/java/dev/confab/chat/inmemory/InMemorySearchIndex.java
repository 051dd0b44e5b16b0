package dev.confab.chat.inmemory;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.SearchQuery;
import dev.confab.chat.model.SearchWords;
import dev.confab.chat.model.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** By which words the messages of one room are found. Touched only inside {@link InMemoryDatabase#transaction}. */
final class InMemorySearchIndex {

    private final Map<String, NavigableSet<MessageId>> found = new HashMap<>();
    private final Map<MessageId, Set<String>> words = new HashMap<>();
    private Sequence indexed = Sequence.NONE;

    boolean isBehind(InMemoryRoom room) {
        return room.lastSeq().isAfter(indexed);
    }

    /** Takes up all that happened in the room. */
    void follow(InMemoryRoom room) {
        for (int i = room.firstAfter(indexed); i < room.messages().size(); i++) {
            put(room.messages().get(i).message());
        }
        for (int i = room.firstChangeAfter(indexed); i < room.changes().size(); i++) {
            InMemoryRoom.Stored changed = room.find(room.changes().get(i).messageId());
            if (changed != null) {
                put(changed.message());
            }
        }
        indexed = room.lastSeq();
    }

    private void put(Message message) {
        remove(message.id());
        String content = message.content();
        if (message.senderId() != null && message.deletedAt() == null && content != null) {
            Set<String> present = SearchWords.of(content);
            words.put(message.id(), present);
            present.forEach(word ->
                    found.computeIfAbsent(word, ignored -> new TreeSet<>()).add(message.id()));
        }
    }

    void remove(MessageId id) {
        for (String word : words.getOrDefault(id, Set.of())) {
            found.computeIfPresent(word, (ignored, ids) -> {
                ids.remove(id);
                return ids.isEmpty() ? null : ids;
            });
        }
        words.remove(id);
    }

    /** The room's messages that match, newest first. */
    List<Message> search(InMemoryRoom room, SearchQuery query, @Nullable MessageId before, int limit) {
        List<NavigableSet<MessageId>> sets = new ArrayList<>();
        for (String word : query.words()) {
            NavigableSet<MessageId> ids = found.get(word);
            if (ids == null) {
                return List.of();
            }
            sets.add(ids);
        }
        sets.sort(Comparator.comparingInt(Set::size));
        NavigableSet<MessageId> rarest = sets.getFirst();
        List<Message> matching = new ArrayList<>();
        for (MessageId id : (before == null ? rarest : rarest.headSet(before, false)).descendingSet()) {
            InMemoryRoom.Stored stored = room.find(id);
            if (stored != null && sets.stream().allMatch(ids -> ids.contains(id)) && query.matches(stored.message())) {
                matching.add(stored.message());
                if (matching.size() == limit) {
                    break;
                }
            }
        }
        return matching;
    }
}
